// People who chat with a host over HTTP, and what becomes of their answers.
import { createClient } from '@parley/web/client';
import type { RunEvent } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { eventsContract } from '@parley/plugin-events/contract';
import { readMarks } from './stamp-plugin.ts';

/** What went wrong so far, and how much went well. */
export interface Tally {
  streams: number;
  dropped: number;
  mixed: number;
  requests: number;
  reconnects: number;
  readonly reasons: string[];
}

/** Nothing has happened yet. */
export const createTally = (): Tally => ({ streams: 0, dropped: 0, mixed: 0, requests: 0, reconnects: 0, reasons: [] });

/** Somebody signed in. */
export interface Person {
  /** Says something and reads the whole answer over one connection. */
  converse(text: string): Promise<void>;
  /** Keeps a tab's event stream open until `signal` aborts. */
  watch(signal: AbortSignal): Promise<void>;
}

const WORDS = 'the quick brown fox jumps over the lazy dog and'.split(' ');

/** A message of its own, of so many words. */
export const createMessage = (name: string, words: number): string =>
  [name, ...Array.from({ length: words }, (_, index) => WORDS[index % WORDS.length])].join(' ');

/** The text of an answer from its events. @throws when an event is missing */
function textOf(events: readonly RunEvent[]): string {
  events.forEach(({ seq }, index) => {
    if (seq !== index + 1) throw new Error(`event ${seq} came in the place of ${index + 1}`);
  });
  return events.map((event) => (event.type === 'part-delta' && 'text' in event ? event.text : '')).join('');
}

/** Signs somebody up. */
export async function createPerson(url: string, name: string, tally: Tally): Promise<Person> {
  const registered = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@example.org`, name, password: 'quiet-otter-over-the-weir-42' }),
  });
  if (!registered.ok) throw new Error(`Sign-up failed: ${registered.status} ${await registered.text()}`);
  const { accessToken } = (await registered.json()) as { readonly accessToken: string };
  const options = {
    baseUrl: url,
    fetch: (input: Parameters<typeof fetch>[0], init: RequestInit = {}) => {
      tally.requests += 1;
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${accessToken}`);
      return fetch(input, { ...init, headers });
    },
  };
  const chat = createClient(chatContract, options);
  const conversations = createClient(conversationsContract, options);
  const events = createClient(eventsContract, options);

  const answerTo = async (text: string): Promise<string> => {
    const { streamId, conversationId } = await chat.send({
      idempotencyKey: crypto.randomUUID(),
      parts: [{ type: 'text', text }],
      model: 'demo/echo',
    });
    const read: RunEvent[] = [];
    for await (const { event } of chat.stream({ streamId })) read.push(event);
    const last = read.at(-1);
    if (last?.type !== 'run-end' || !('state' in last))
      throw new Error(`the stream ended after ${read.length} events without its end`);
    if (last.state !== 'completed') throw new Error(`the answer is ${last.state}: ${JSON.stringify(last.error)}`);
    await conversations.get({ id: conversationId });
    return textOf(read);
  };

  return {
    async converse(text) {
      tally.streams += 1;
      try {
        const marks = readMarks(await answerTo(text));
        if (marks.text !== text) throw new Error(`the answer is ${JSON.stringify(marks.text)}`);
        const isMixed = [...marks.generations.values()].some(({ size }) => size > 1);
        if (!isMixed && marks.isWhole) return;
        tally.mixed += 1;
        tally.reasons.push(`mixed: ${JSON.stringify([...marks.generations].map(([id, all]) => [id, [...all]]))}`);
      } catch (error) {
        tally.dropped += 1;
        tally.reasons.push(`dropped: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    async watch(signal) {
      while (!signal.aborted) {
        try {
          for await (const _event of events.stream({}, { signal })) if (signal.aborted) return;
        } catch (error) {
          if (signal.aborted) return;
          tally.reasons.push(`an event stream could not be opened: ${String(error)}`);
          tally.dropped += 1;
          return;
        }
        tally.reconnects += 1;
      }
    },
  };
}
