import * as z from 'zod';

/** How long each phase of an answer may take, and how often a request that failed before any answer is repeated. */
export interface Limits {
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
}

const timeoutMs = (says: string) => z.number().int().min(100).max(600_000).default(60_000).describe(says);

/** The settings of these limits, for the config schema of a provider. */
export const limitSettings = {
  firstByteTimeoutMs: timeoutMs('Longest wait for the first byte of an answer.'),
  idleTimeoutMs: timeoutMs('Longest wait between two pieces of an answer.'),
  maxRetries: z.number().int().min(0).max(5).default(2).describe('Repeats of a request that failed before any answer.'),
};
