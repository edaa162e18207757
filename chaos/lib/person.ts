import { setTimeout as pause } from 'node:timers/promises';
import { isAppError, isFinal } from '@parley/contracts';
import type { Client, Message, RunEvent } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { createClient } from '@parley/web/client';
import { eventually } from '../../e2e/eventually.ts';
import type { Witness } from './audit.ts';

const MAX_TRIES = 30;
const TRY_EVERY_MS = 100;
const PASSWORD = 'quiet-otter-over-the-weir-42';

/** Somebody who uses a server over HTTP, and stays signed in while it comes and goes. */
export interface Person extends Witness {
  readonly chat: Client<typeof chatContract.operations>;
  readonly conversations: Client<typeof conversationsContract.operations>;
  /** A request of this person to any path. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The whole log of a run from its beginning, in order. */
  log(runId: string): Promise<readonly RunEvent[]>;
}

async function signIn(url: string, email: string): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  let reply = await post('login', { email, password: PASSWORD });
  if (reply.status === 401) reply = await post('register', { email, name: 'Chaos', password: PASSWORD });
  if (!reply.ok) throw new Error(`signing in gave ${reply.status}: ${await reply.text()}`);
  return ((await reply.json()) as { readonly accessToken: string }).accessToken;
}

/** Signs somebody up, or in again. `urlOf` names the server of the moment, or a proxy before it. */
export async function createPerson(urlOf: () => string, name = 'chaos'): Promise<Person> {
  const email = `${name}@example.org`;
  let token = await signIn(urlOf(), email);
  const request: Person['request'] = async (path, init = {}) => {
    const send = () => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(`${urlOf()}${path}`, { ...init, headers });
    };
    const reply = await send();
    if (reply.status !== 401) return reply;
    token = await signIn(urlOf(), email);
    return send();
  };
  const options = { fetch: ((input, init) => request(String(input), init)) as typeof fetch, idleTimeoutMs: 120_000 };
  const chat = createClient(chatContract, options);
  const conversations = createClient(conversationsContract, options);

  return {
    chat,
    conversations,
    request,
    async messagesOf(conversationId) {
      const found: Message[] = [];
      try {
        for (let after: string | undefined; ; ) {
          const page = await conversations.messages({
            conversationId,
            limit: 1_000,
            ...(after === undefined ? {} : { after }),
          });
          found.push(...page.items);
          if (page.next === undefined) return found;
          after = page.next;
        }
      } catch (error) {
        if (isAppError(error, 'CONVERSATIONS_NOT_FOUND')) return [];
        throw error;
      }
    },
    // The one that it would follow may have been cut off, and ends right after the restart.
    sendAgain: async (message) => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await chat.send(message);
        } catch (error) {
          if (tries === MAX_TRIES || !isAppError(error, 'CHAT_RUN_ACTIVE')) throw error;
          await pause(TRY_EVERY_MS);
        }
      }
    },
    ended: (runId, timeoutMs) =>
      eventually(async () => {
        const run = await chat.run({ runId });
        if (!isFinal(run.state)) throw new Error(`run ${runId} is ${run.state}`);
        return run;
      }, timeoutMs),
    async log(runId) {
      const events: RunEvent[] = [];
      for await (const { event } of chat.stream({ streamId: runId })) events.push(event);
      return events;
    },
  };
}
