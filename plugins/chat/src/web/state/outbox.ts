import type { Message } from '@parley/contracts';
import type { RunReceipt, SendMessage } from '@parley/plugin-chat/contract';
import type * as z from 'zod';

/** A request as it goes out. Kept until it is answered, so that a second attempt is the same request. */
export type SendRequest = z.input<typeof SendMessage>;

/** One request to answer something, and how far it has come. */
export interface OutboxItem {
  readonly request: SendRequest;
  readonly conversationId: string;
  /** The prompt that is answered again; the request carries a new prompt without it. */
  readonly promptId: string;
  readonly createdAt: string;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly receipt?: RunReceipt | undefined;
  readonly error?: unknown;
}

/** What waits to be answered by the server, oldest first. */
export type Outbox = readonly OutboxItem[];

/** Id of the place where the answer will stand until the server has named it. */
export const placeholderId = (item: OutboxItem): string => item.receipt?.messageId ?? item.request.idempotencyKey;

/** With one item changed, named by its key. */
export const changeItem = (outbox: Outbox, key: string, change: Partial<OutboxItem>): Outbox =>
  outbox.map((item) => (item.request.idempotencyKey === key ? { ...item, ...change } : item));

/** Without one item. */
export const withoutItem = (outbox: Outbox, key: string): Outbox =>
  outbox.filter((item) => item.request.idempotencyKey !== key);

/** Whether the server's messages hold what the item asked for. */
export const isStored = (item: OutboxItem, messages: readonly Message[]): boolean =>
  item.receipt !== undefined && messages.some(({ id }) => id === item.receipt?.messageId);

/** The item behind a message that the server does not know yet. */
export const itemOf = (outbox: Outbox, messageId: string): OutboxItem | undefined =>
  outbox.findLast(
    (item) => placeholderId(item) === messageId || (item.request.parts !== undefined && item.promptId === messageId),
  );

/** The messages of a conversation with those under way put in; what the server gave wins. */
export function withOutbox(messages: readonly Message[], outbox: Outbox, conversationId: string): readonly Message[] {
  const own = outbox.filter((item) => item.conversationId === conversationId);
  if (own.length === 0) return messages;
  const known = new Set(messages.map(({ id }) => id));
  const extra = own.flatMap(messagesOf).filter(({ id }) => !known.has(id));
  return extra.length === 0 ? messages : [...messages, ...extra];
}

function messagesOf(item: OutboxItem): readonly Message[] {
  const { request, conversationId, promptId, createdAt, state, receipt } = item;
  const prompt: Message = {
    id: promptId,
    conversationId,
    ...(request.parentId === undefined ? {} : { parentId: request.parentId }),
    role: 'user',
    parts: request.parts ?? [],
    state: 'complete',
    createdAt,
  };
  const answer: Message = {
    id: placeholderId(item),
    conversationId,
    parentId: promptId,
    role: 'assistant',
    parts: [],
    state: 'running',
    model: request.model,
    ...(receipt ? { runId: receipt.runId } : {}),
    createdAt,
  };
  const isAnswerShown = state !== 'failed' || request.parts === undefined;
  return [...(request.parts ? [prompt] : []), ...(isAnswerShown ? [answer] : [])];
}
