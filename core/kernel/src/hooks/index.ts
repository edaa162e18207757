/** The hook registry without the rest of the kernel: what a page needs. */
export { createHookRegistry } from './hook-registry.ts';
export type { HookRegistry, HookSnapshot } from './hook-registry.ts';
export { createTap } from './registered-tap.ts';
export type { RegisteredTap, ReportFailure, TapFailure, TapFunction } from './registered-tap.ts';
