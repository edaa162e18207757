import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { StoredRecord } from '@parley/contracts';
import { join } from 'node:path';
import { archiveBatches } from '../archive/read-archive.ts';
import { backup } from './backup.ts';
import { createFolder, sumsIn, surroundingsOf } from './fixtures/installations.ts';
import { restore } from './restore.ts';

const MAIN = join(import.meta.dirname, '../main.ts');
const WRITERS = 4;
const BACKUPS = 3;

let program: ChildProcess | undefined;
afterAll(() => void program?.kill('SIGKILL'));

/** Starts a server as a process of its own; resolves with its address. */
async function startServer(cwd: string): Promise<string> {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    PARLEY_DATA: join(cwd, 'data'),
    PARLEY_CONFIG: '',
    PORT: '0',
    PARLEY_LOG: 'silent',
  };
  const child = spawn(process.execPath, ['--conditions=parley:source', MAIN], { cwd, env });
  program = child;
  let printed = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /Parley is ready at (\S+)/.exec(printed)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The server did not start: ${printed}`)));
  });
}

interface Acknowledged {
  readonly conversationId: string;
  readonly userMessageId: string;
}

/** Somebody who sends messages to new conversations one after the other, and notes which ones the server confirmed. */
async function write(url: string, name: string, seen: Acknowledged[], isOver: () => boolean): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = { email: `${name}@example.org`, name, password: 'quiet-otter-over-the-weir-42' };
  const signUp = await fetch(`${url}/api/auth/register`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { accessToken } = (await signUp.json()) as { readonly accessToken: string };
  while (!isOver()) {
    const reply = await fetch(`${url}/api/agents/chat`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${accessToken}`, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ model: 'demo/echo', parts: [{ type: 'text', text: `hello from ${name}` }] }),
    });
    if (reply.ok) seen.push((await reply.json()) as Acknowledged);
  }
}

jest.setTimeout(120_000);

describe('a backup under load', () => {
  it('is one instant: all that was confirmed before, children with their parents, restored equal', async () => {
    const cwd = createFolder();
    const url = await startServer(cwd);
    const seen: Acknowledged[] = [];
    let isOver = false;
    const writers = Array.from({ length: WRITERS }, (_each, index) =>
      write(url, `writer-${index}`, seen, () => isOver),
    );
    for (let round = 0; round < BACKUPS; round += 1) {
      const goal = seen.length + 20;
      while (seen.length < goal) await new Promise((resolve) => setImmediate(resolve));
      const confirmed = [...seen];
      const { path } = await backup(surroundingsOf(cwd), { file: `backup-${round}` });
      const ids = new Map<string, StoredRecord>();
      for await (const { collection, records } of archiveBatches(path)) {
        for (const record of records) ids.set(`${collection} ${record.id}`, record);
      }
      const lost = confirmed.filter(({ userMessageId }) => !ids.has(`conversations.message ${userMessageId}`));
      expect(lost).toEqual([]);
      const orphans = [...ids].filter(
        ([key, { conversationId }]) =>
          key.startsWith('conversations.message ') && !ids.has(`conversations.conversation ${String(conversationId)}`),
      );
      expect(orphans).toEqual([]);
      const there = surroundingsOf(createFolder());
      const { archive } = await restore(there, { file: path });
      expect(await sumsIn(there)).toEqual(archive.footer.collections);
    }
    isOver = true;
    await Promise.all(writers);
  });
});
