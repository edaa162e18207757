import { createHash } from 'node:crypto';
import type {
  ServerToolUseBlockParam,
  TextCitationParam,
  WebSearchToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { Opaque } from '@parley/contracts';

/** What is kept for these models under: only they can read it. */
export const FAMILY = 'anthropic';

/** One block of a text part: where it ends in the text, and the pages it rests on. Units: UTF-16 code units. */
export interface CitedBlock {
  readonly end: number;
  readonly citations: readonly TextCitationParam[];
}

/** What these models want back with a part. */
export type Kept =
  /** A thought; `digest` is of its text, which they take back unchanged or not at all. */
  | { readonly signature: string; readonly digest: string }
  | { readonly redacted: string }
  /** A text with sources from the web. */
  | { readonly blocks: readonly CitedBlock[] }
  /** A search of the web that the server has done by itself. */
  | { readonly use: ServerToolUseBlockParam; readonly result: WebSearchToolResultBlockParam };

/** Wraps what is kept with a part. */
export const keep = (kept: Kept): Opaque => ({ family: FAMILY, data: kept as unknown as Opaque['data'] });

/** Tells whether a thought is still as it came. */
export const digestOf = (thought: string): string =>
  createHash('sha256').update(thought).digest('base64url').slice(0, 16);
