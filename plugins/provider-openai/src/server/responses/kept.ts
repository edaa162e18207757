import type { ResponseFunctionWebSearch, ResponseReasoningItem } from 'openai/resources/responses/responses';

/** What a message was in an answer; models of later kinds want it back. */
export type Phase = 'commentary' | 'final_answer';

/** Items of an answer that go back as they came: encrypted thoughts, and the searches between them. */
export type KeptItem = ResponseReasoningItem | ResponseFunctionWebSearch;

/** What such items are kept under: only the server that encrypted them can read them. */
export const familyOf = ({ baseUrl }: { readonly baseUrl: string }): string =>
  `openai-responses@${new URL(baseUrl).host}`;
