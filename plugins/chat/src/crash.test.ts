import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from '@parley/web/client';
import { newId } from '@parley/contracts';
import type { Client, RunEvent } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';

/** A whole server of its own: the default composition on a free port. Its first line is its address. */
const SERVER = `
  import { startHost } from '@parley/host-server';
  const [dataDir] = process.argv.slice(1);
  const host = await startHost({ dataDir, port: 0, logLevel: 'silent' });
  console.log(host.url);
`;

/** The same with two models of its own, of which the first fails and the second keeps silent, and says when it is asked. */
const FALLING_BACK = `
  import { modelErrors, ModelInfo, modelProvider } from '@parley/contracts';
  import { shippedPlugins, startHost } from '@parley/host-server';
  import { definePlugin } from '@parley/kernel';
  import { chatRoute } from '@parley/plugin-chat/contract';
  const [dataDir] = process.argv.slice(1);
  const provide = (ctx, key, stream) =>
    ctx.provide(modelProvider, { listModels: async () => [ModelInfo.parse({ id: 'm', name: 'm' })], stream }, { title: key }, key);
  const plugin = definePlugin({
    id: 'falling-back',
    version: '1.0.0',
    kernel: '^1.0.0',
    provides: [modelProvider],
    hooks: [chatRoute],
    setup(ctx) {
      provide(ctx, 'down', async function* () {
        throw modelErrors.UNAVAILABLE({ provider: 'down' });
      });
      provide(ctx, 'silent', async function* () {
        console.log('asked');
        await new Promise(() => {});
      });
      ctx.on(chatRoute, (route) => (route.failure ? { ...route, model: 'silent/m' } : undefined));
    },
  });
  const plugins = [...(await shippedPlugins()), { plugin, firstParty: true }];
  const host = await startHost({ dataDir, plugins, port: 0, logLevel: 'silent' });
  console.log(host.url);
`;

interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  /** The next line it prints. */
  readonly nextLine: () => Promise<string>;
}

let dataDir: string;
let servers: Server[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-crash-'));
  servers = [];
});
afterEach(async () => {
  for (const { child } of servers) await kill(child);
  await rm(dataDir, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function startServer(program = SERVER): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--conditions=parley:source', '--input-type=module', '--eval', program, dataDir],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const nextLine = async () => ((await once(lines, 'line')) as [string])[0];
  const server = { url: await nextLine(), child, nextLine };
  servers.push(server);
  return server;
}

async function signUp({ url }: Server): Promise<string> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'ann@example.org', name: 'Ann', password: 'quiet-otter-over-the-weir-42' }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return accessToken;
}

const clientsOf = ({ url }: Server, token: string) => {
  const authorized = (input: string | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  const options = { baseUrl: url, fetch: authorized as typeof fetch };
  return { chat: createClient(chatContract, options), conversations: createClient(conversationsContract, options) };
};

/** Reads a run until its answer has `length` characters, then leaves. */
async function readSome(chat: Client<(typeof chatContract)['operations']>, streamId: string, length: number) {
  const leaving = new AbortController();
  let shown = '';
  for await (const { event } of chat.stream({ streamId }, { signal: leaving.signal })) {
    if (event.type === 'part-delta' && 'text' in event && event.index === 1) shown += event.text;
    if (shown.length >= length) break;
  }
  leaving.abort();
  return shown;
}

describe('a server that is killed in the middle of an answer', () => {
  it('shows the answer as interrupted after its restart, with what was shown, and lets it be tried again', async () => {
    const first = await startServer();
    const token = await signUp(first);
    const before = clientsOf(first, token);
    const request = { idempotencyKey: newId(), parts: [{ type: 'text' as const, text: 'Hello' }], model: 'demo/guide' };
    const receipt = await before.chat.send(request);
    const { conversationId, messageId, runId, streamId } = receipt;
    const shown = await readSome(before.chat, streamId, 80);
    await kill(first.child);

    const after = clientsOf(await startServer(), token);
    const events: RunEvent[] = [];
    for await (const { event } of after.chat.stream({ streamId })) events.push(event);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'run-end', state: 'interrupted', error: { code: 'CHAT_INTERRUPTED' } });

    const { items } = await after.conversations.messages({ conversationId });
    const answer = items.find((message) => message.id === messageId);
    expect(answer?.state).toBe('interrupted');
    const said = answer?.parts[1];
    expect(said && 'text' in said ? said.text : '').toContain(shown);

    expect(await after.chat.send(request)).toMatchObject({ runId, replayed: true });
    const { parts: _parts, ...rest } = request;
    const again = await after.chat.send({ ...rest, idempotencyKey: newId(), conversationId, retryOf: messageId });
    expect(again).toMatchObject({ userMessageId: receipt.userMessageId, replayed: false });
    expect((await readSome(after.chat, again.streamId, 20)).slice(0, 20)).toBe(shown.slice(0, 20));
  }, 30_000);
});

describe('a server that is killed while another model is asked', () => {
  it('ends the answer as interrupted, and lets it be tried again', async () => {
    const first = await startServer(FALLING_BACK);
    const token = await signUp(first);
    const request = { idempotencyKey: newId(), parts: [{ type: 'text' as const, text: 'Hello' }], model: 'down/m' };
    const asked = first.nextLine();
    const { conversationId, messageId, streamId } = await clientsOf(first, token).chat.send(request);
    expect(await asked).toBe('asked');
    await kill(first.child);

    const after = clientsOf(await startServer(FALLING_BACK), token);
    const events: RunEvent[] = [];
    for await (const { event } of after.chat.stream({ streamId })) events.push(event);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'run-end', state: 'interrupted' });
    const { items } = await after.conversations.messages({ conversationId });
    expect(items.find((message) => message.id === messageId)).toMatchObject({ state: 'interrupted', parts: [] });
    const again = { idempotencyKey: newId(), model: 'demo/echo', conversationId, retryOf: messageId };
    expect(await after.chat.send(again)).toMatchObject({ replayed: false });
  }, 30_000);
});
