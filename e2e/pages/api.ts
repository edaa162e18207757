import type { Message, RunEvent } from '@parley/contracts';
import type { APIRequestContext } from 'playwright-core';

/** The server's side of what a window shows. */
export interface Api {
  readonly request: APIRequestContext;
  /** Every message of a conversation, oldest first. */
  messages(conversationId: string): Promise<readonly Message[]>;
  /** The answer that was written last. */
  lastAnswer(conversationId: string): Promise<Message>;
  /** The whole log of a run, read to its end. */
  events(runId: string): Promise<readonly RunEvent[]>;
}

/** Reads the API with the cookies of a window. */
export function createApi(request: APIRequestContext, origin: string): Api {
  const messages = async (conversationId: string): Promise<readonly Message[]> => {
    const reply = await request.get(`${origin}/api/messages/${conversationId}?limit=1000`);
    const { items } = (await reply.json()) as { readonly items: readonly Message[] };
    return items;
  };
  return {
    request,
    messages,
    async lastAnswer(conversationId) {
      const answer = (await messages(conversationId)).findLast(({ role }) => role === 'assistant');
      if (!answer) throw new Error(`Conversation ${conversationId} has no answer`);
      return answer;
    },
    async events(runId) {
      const reply = await request.get(`${origin}/api/agents/chat/stream/${runId}`);
      return [...(await reply.text()).matchAll(/^data: ?(.*)$/gm)].map(
        ([, data]) => JSON.parse(data ?? '') as RunEvent,
      );
    },
  };
}

/** What a message says, without its reasoning. */
export const textOf = (message: Message): string =>
  message.parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('');

/** The text that a log adds up to: the deltas of its text parts in their order. */
export function foldText(events: readonly RunEvent[]): string {
  const texts = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'part-start' && 'part' in event && event.part.type === 'text') texts.set(event.index, '');
    if (event.type !== 'part-delta' || !('text' in event)) continue;
    const before = texts.get(event.index);
    if (before !== undefined) texts.set(event.index, before + event.text);
  }
  return [...texts.values()].join('');
}
