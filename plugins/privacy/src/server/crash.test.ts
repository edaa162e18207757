import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createClient } from '@parley/web/client';
import { newId } from '@parley/contracts';
import type { Contract, Operations } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { notesContract } from '@parley/plugin-notes/contract';
import { findInFiles } from '@parley/testing';
import { privacyContract } from '../contract/index.ts';

/** A whole server of its own. Its first line is its address and, at the first start, that of the administrator. */
const SERVER = `
  import { hostReady } from '@parley/contracts';
  import { startHost } from '@parley/host-server';
  const [dataDir] = process.argv.slice(1);
  const host = await startHost({ dataDir, port: 0, logLevel: 'silent' });
  process.on('SIGTERM', () => host.stop({ deadlineMs: 0 }).then(() => process.exit(0)));
  const notices = await host.kernel.hook(hostReady).run({ url: host.url }, host.kernel.call());
  console.log(JSON.stringify({ url: host.url, setup: notices[0]?.text }));
`;
const PASSWORD = 'quiet-otter-over-the-weir-42';
const NOTES = 300;

interface Server {
  readonly url: string;
  readonly setup?: string;
  readonly child: ChildProcess;
}

let dataDir: string;
let servers: Server[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-erase-'));
  servers = [];
});
afterEach(async () => {
  for (const { child } of servers) await end(child, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function startServer(): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--conditions=parley:source', '--input-type=module', '--eval', SERVER, dataDir],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const server = { ...(JSON.parse(line) as Omit<Server, 'child'>), child };
  servers.push(server);
  return server;
}

async function signUp({ url }: Server, name: string, setupToken?: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: `${name}@example.org`, name, password: PASSWORD, ...(setupToken && { setupToken }) }),
  });
  return ((await response.json()) as { readonly accessToken: string }).accessToken;
}

const clientOf = <O extends Operations>(contract: Contract<O>, { url }: Server, token: string) =>
  createClient(contract, { baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) });

/** Signs somebody up and lets them write. */
async function fill(server: Server, name: string): Promise<string> {
  const token = await signUp(server, name);
  const parts = [{ type: 'text' as const, text: `canary-${name}` }];
  const sent = { idempotencyKey: newId(), parts, model: 'demo/guide' };
  const { conversationId } = await clientOf(chatContract, server, token).send(sent);
  const notes = clientOf(notesContract, server, token);
  for (let count = 0; count < NOTES; count += 1)
    await notes.create({ conversationId, text: `canary-${name} ${count}` });
  return token;
}

async function receiptsOf(server: Server, token: string) {
  const { items } = await clientOf(privacyContract, server, token).receipts({});
  return items;
}

it('an erasure goes on where it was after each kill, until nothing is left', async () => {
  let server = await startServer();
  const admin = await signUp(server, 'root', new URL(server.setup ?? '').searchParams.get('setup') ?? '');
  const delaysMs = [0, 5, 15, 40, 100];
  for (const [index, delayMs] of delaysMs.entries()) {
    const token = await fill(server, `ada${index}`);
    await clientOf(privacyContract, server, token).eraseOwn({ password: PASSWORD });
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await end(server.child, 'SIGKILL');
    server = await startServer();
    const untilMs = performance.now() + 30_000;
    let receipts = await receiptsOf(server, admin);
    while (receipts.some(({ finishedAt }) => finishedAt === undefined) && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      receipts = await receiptsOf(server, admin);
    }
    expect(receipts).toHaveLength(index + 1);
    expect(receipts[0]?.finishedAt).toBeDefined();
    expect(receipts[0]?.items).toContainEqual({ pluginId: 'notes', what: 'note', count: NOTES });
  }
  await end(server.child, 'SIGTERM');
  expect(await findInFiles(dataDir, ['canary-ada', 'ada0@', 'ada1@', 'ada2@', 'ada3@', 'ada4@'])).toEqual([]);
}, 180_000);
