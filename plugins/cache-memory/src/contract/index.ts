/** A cache and a bus in one process, for this plugin and for drivers that go on alone while what they share is away. */
export { checkLimit, checkStep, checkText, checkTtl } from './check-arguments.ts';
export { createMemoryBus } from './memory-bus.ts';
export type { MemoryBus } from './memory-bus.ts';
export { createCacheMemory, createMemoryCache } from './memory-cache.ts';
export type { CacheClock, CacheMemory, MemoryCache } from './memory-cache.ts';
export { WINDOW_PIECES } from './memory-limits.ts';
