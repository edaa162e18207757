import { defineContract, Id, op, searchErrors } from '@parley/contracts';
import * as z from 'zod';
import { IndexState, SEARCH_MANAGE, SearchResult } from './schemas.ts';

const { INVALID, TOO_SLOW, UNAVAILABLE } = searchErrors;

/** Search in a person's own conversations. */
export const searchContract = defineContract('search', '1.0.0', {
  search: op({
    method: 'GET',
    path: '/api/search',
    access: 'user',
    summary:
      'Finds messages, titles and notes of the caller: all words, "phrases", -without; the last word also as a beginning.',
    input: z.object({
      q: z.string().max(1_000),
      conversationId: Id.optional().describe('Only in this conversation.'),
      role: z.enum(['user', 'assistant']).optional().describe('Only messages of the person, or only answers.'),
      from: z.iso.datetime().optional().describe('First moment, ISO 8601 UTC.'),
      to: z.iso.datetime().optional().describe('First moment that is too late, ISO 8601 UTC.'),
      sort: z.enum(['best', 'newest']).default('best'),
      archived: z.stringbool().default(false).describe('Also in archived conversations.'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
      after: z.string().max(1_000).optional(),
    }),
    output: SearchResult,
    errors: [INVALID, UNAVAILABLE, TOO_SLOW],
  }),
  state: op({
    method: 'GET',
    path: '/api/search/state',
    access: { permission: SEARCH_MANAGE },
    summary: 'How the search index is: its size, and how far it has been filled.',
    input: z.object({}),
    output: IndexState,
  }),
  refill: op({
    method: 'POST',
    path: '/api/search/refill',
    access: { permission: SEARCH_MANAGE },
    summary: 'Empties the index and fills it again from all records; searches find what is already in it meanwhile.',
    input: z.object({}),
    output: IndexState,
    status: 202,
    errors: [UNAVAILABLE],
  }),
});
