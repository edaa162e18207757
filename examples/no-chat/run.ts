// Starts a Parley that has people and notes and no chat, signs up, writes a note and reads it again. The last line names
// the plugins that were running.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authLocalContract } from '@parley/plugin-auth-local/contract';
import { notesContract } from '@parley/plugin-notes/contract';
import { createClient } from '@parley/web/client';

const dataDir = mkdtempSync(join(tmpdir(), 'parley-example-'));
const config = join(import.meta.dirname, 'parley.config.yaml');
const parley = spawn('parley', ['start', '--no-web', '--config', config], {
  env: { ...process.env, PARLEY_DATA: dataDir, PARLEY_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

const untilReady = (): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    parley.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /ready at (http:\/\/\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    parley.once('exit', () => reject(new Error(`Parley ended before it was ready:\n${output}`)));
  });

try {
  const baseUrl = await untilReady();
  console.log(`Parley runs at ${baseUrl}`);
  const account = { email: 'ada@example.com', name: 'Ada', password: 'quiet-otter-over-the-weir' };
  const { accessToken, user } = await createClient(authLocalContract, { baseUrl }).signUp(account);
  const headers = { authorization: `Bearer ${accessToken}` };
  const notes = createClient(notesContract, { baseUrl, headers: () => headers });

  await notes.create({ conversationId: user.id, text: 'Water the plants' });
  const { items } = await notes.list({ conversationId: user.id });
  console.log(`Note: ${items.map(({ text }) => text).join(', ')}`);

  const chat = await fetch(`${baseUrl}/api/agents/chat`, { method: 'POST', headers });
  if (chat.status !== 404) throw new Error(`there is a chat: status ${chat.status}`);
  const health = (await (await fetch(`${baseUrl}/health/plugins`)).json()) as {
    readonly plugins: readonly { readonly id: string; readonly state: string }[];
  };
  const ready = health.plugins.filter(({ state }) => state === 'ready').map(({ id }) => id);
  console.log(`without chat: ${ready.toSorted().join(', ')}`);
} finally {
  if (parley.exitCode === null) {
    parley.kill('SIGTERM');
    await once(parley, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
}
