import { Id } from '@parley/contracts';
import * as z from 'zod';

/** Permission to see how the index is, and to fill it again. */
export const SEARCH_MANAGE = 'search.manage';

/** A piece of a passage; plain text. */
export const SnippetPiece = z.object({ text: z.string(), isHit: z.boolean() });
export type SnippetPiece = z.output<typeof SnippetPiece>;

/** A message, a title or something else of a conversation that was found. */
export const FoundRecord = z.object({
  id: Id,
  /** `conversations.message`, `conversations.conversation`, `notes.note`, or of another plugin. */
  collection: z.string(),
  conversationId: Id,
  /** Who wrote the message. */
  role: z.enum(['user', 'assistant', 'system']).optional(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  snippet: z.array(SnippetPiece),
});
export type FoundRecord = z.output<typeof FoundRecord>;

/** A conversation that something was found in. */
export const FoundConversation = z.object({ id: Id, title: z.string(), archived: z.boolean() });
export type FoundConversation = z.output<typeof FoundConversation>;

/** One page of what was found. */
export const SearchResult = z.object({
  hits: z.array(FoundRecord),
  /** Those of the hits, each once. */
  conversations: z.array(FoundConversation),
  /** Continues after the last hit; absent on the last page. */
  next: z.string().optional(),
  /** There is more than was weighed: these are the best of the newest. */
  isCapped: z.boolean(),
  /** How much of everything is in the index, while it is being filled. Units: 0 to 1. */
  filled: z.number().min(0).max(1).optional(),
});
export type SearchResult = z.output<typeof SearchResult>;

/** How the index is. */
export const IndexState = z.object({
  state: z.enum(['ready', 'filling', 'away']),
  /** Why it is away. */
  reason: z.string().optional(),
  /** Documents in it. */
  documents: z.number().int().optional(),
  bytes: z.number().int().optional(),
  /** Records read so far, of how many, while it is being filled. */
  done: z.number().int(),
  total: z.number().int(),
});
export type IndexState = z.output<typeof IndexState>;
