/** A page without a shell, to test a plugin's web side in. */
export { createLoneChannel, createTestShell } from './create-test-shell.tsx';
export type { TestShell, TestShellOptions } from './create-test-shell.tsx';
