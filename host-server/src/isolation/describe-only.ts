import { createIsolator } from './isolator.ts';
import type { Isolator } from './isolator.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** An isolator for compositions that are read and not run: children say what they hold, and end. */
export const createDescriber = (dataDir: string): Isolator =>
  createIsolator({
    dataDir,
    log: () => silent,
    pluginSeed: () => new Uint8Array(32),
    permissions: () => [],
    strictOutput: false,
    onGiveUp: () => undefined,
    limits: { idleMs: 0 },
  });
