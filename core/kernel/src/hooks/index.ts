/** The hook registry without the rest of the kernel, run by plain loops: what a page needs, whose CSP forbids compiling. */
export { createHookRegistry } from './hook-registry.ts';
export type { HookRegistry, HookSnapshot } from './hook-registry.ts';
export type { HookExecutor } from './hook-executor.ts';
export { loopExecutor } from './loop-executor.ts';
export { createTap } from './registered-tap.ts';
export type { RegisteredTap, ReportFailure, TapFailure, TapFunction } from './registered-tap.ts';
