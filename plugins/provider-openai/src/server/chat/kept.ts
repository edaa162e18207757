import type { Opaque } from '@parley/contracts';

/** Where compatible servers put the thoughts of their models, and want them back while a turn uses tools. */
export const REASONING_FIELDS = ['reasoning_content', 'reasoning'] as const;
export type ReasoningField = (typeof REASONING_FIELDS)[number];

/** JSON of a server that only it reads. */
export type Json = Opaque['data'];
export type JsonObject = { [name: string]: Json };

/** What is kept with a thought. Shape: `details` are what gateways want back in place of the words, signatures among them. */
export interface KeptThought {
  readonly field?: ReasoningField;
  readonly details?: JsonObject[];
}

/** What is kept with a call of a tool, such as the signature of the thought that led to it. */
export interface KeptCall {
  readonly extra: JsonObject;
}

/** What it is kept under: the server it came from. */
export const familyOf = ({ baseUrl }: { readonly baseUrl: string }): string => `openai-chat@${new URL(baseUrl).host}`;

const GROWING = ['text', 'summary', 'data'] as const;

/** Adds a piece of what gateways tell of thoughts to those before it: pieces of one kind and place are one. */
export function addDetail(details: JsonObject[], piece: JsonObject): void {
  const last = details.at(-1);
  if (!last || last['type'] !== piece['type'] || last['index'] !== piece['index']) {
    details.push({ ...piece });
    return;
  }
  const grown = GROWING.flatMap((name) => {
    const [before, more] = [last[name], piece[name]];
    return typeof before === 'string' && typeof more === 'string' ? [[name, before + more]] : [];
  });
  Object.assign(last, piece, Object.fromEntries(grown));
}
