import { isAppError } from '@parley/contracts';
import type { RunReceipt, SendMessage } from '@parley/plugin-chat/contract';
import type * as z from 'zod';
import type { Person } from './person.ts';
import { textOfParts } from './text.ts';

/** A request to send something, as it went out. */
export type SendRequest = z.input<typeof SendMessage>;

/** One message that somebody tried to send. */
export interface Sent {
  readonly request: SendRequest;
  /** No other message has it. */
  readonly text: string;
  /** The server said 202: from here on the message may not be lost. */
  readonly receipt?: RunReceipt;
}

/** Everything that was sent: what was acknowledged, and what nobody knows the fate of. */
export interface Ledger {
  /**
   * Sends and writes down what came of it. Gives the error when the server refused: then nothing may have been saved;
   * a request without a reply is kept as one of unknown fate.
   */
  send(person: Person, request: SendRequest): Promise<Sent | { readonly refused: unknown }>;
  /** Writes down an acknowledgement that nobody gave. */
  forge(): void;
  /** What came since the last call. */
  takeNew(): readonly Sent[];
  readonly acknowledged: readonly Sent[];
  /** Refusals by their code. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** The model of every message here. */
export const MODEL = 'demo/echo';
let written = 0;

/** A message of its own. Shape: a new conversation, unless `more` says otherwise. */
export function newRequest(text: string, more: Partial<SendRequest> = {}): SendRequest {
  const place = more.conversationId === undefined ? { newConversationId: crypto.randomUUID() } : {};
  return {
    idempotencyKey: crypto.randomUUID(),
    messageId: crypto.randomUUID(),
    parts: [{ type: 'text', text }],
    model: MODEL,
    ...place,
    ...more,
  };
}

/** A text that no other message has, of so many words. */
export function newText(words = 8): string {
  written += 1;
  const filling = Array.from({ length: words }, (_, index) => `word${index}`).join(' ');
  return `message ${written} ${crypto.randomUUID()} ${filling}`;
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const acknowledged: Sent[] = [];
  const refusals = new Map<string, number>();
  let fresh: Sent[] = [];
  const keep = (sent: Sent): Sent => {
    fresh.push(sent);
    if (sent.receipt) acknowledged.push(sent);
    return sent;
  };
  return {
    async send(person, request) {
      const text = textOfParts(request.parts);
      try {
        return keep({ request, text, receipt: await person.chat.send(request) });
      } catch (error) {
        if (!isAppError(error) || error.code.startsWith('CLIENT_')) return keep({ request, text });
        refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
        return { refused: error };
      }
    },
    forge() {
      const text = newText();
      const request = newRequest(text);
      const id = crypto.randomUUID();
      const receipt: RunReceipt = {
        streamId: id,
        runId: id,
        conversationId: request.newConversationId ?? id,
        userMessageId: request.messageId ?? id,
        messageId: crypto.randomUUID(),
        replayed: false,
      };
      keep({ request, text, receipt });
    },
    takeNew() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    acknowledged,
    refusals,
  };
}
