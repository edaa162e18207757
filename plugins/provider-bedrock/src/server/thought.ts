import { createHash } from 'node:crypto';
import type { Opaque } from '@parley/contracts';

/** What a thought is given back with. */
export type KeptThought =
  /** `digest` is of its text, which the model takes back unchanged or not at all. */
  { readonly signature: string; readonly digest: string } | { readonly redactedContent: string };

/** Tells whether a thought is still as it came. */
export const digestOf = (thought: string): string =>
  createHash('sha256').update(thought).digest('base64url').slice(0, 16);

/** Wraps what is kept with a thought. */
export const keepThought = (family: string, kept: KeptThought): Opaque => ({ family, data: kept });
