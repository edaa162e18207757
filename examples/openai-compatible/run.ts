// Starts a server that speaks the OpenAI protocol and a Parley whose config file points at it, signs up, and completes a
// chat through the typed client. The last line is the answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { authLocalContract } from '@parley/plugin-auth-local/contract';
import { chatContract } from '@parley/plugin-chat/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { createClient } from '@parley/web/client';

const model = new LLMock({ port: 0 });
model.onMessage('capital of France', { content: 'The capital of France is Paris.' });
await model.start();

const dataDir = mkdtempSync(join(tmpdir(), 'parley-example-'));
const parley = spawn('parley', ['start', '--no-web', '--config', join(import.meta.dirname, 'parley.config.yaml')], {
  env: { ...process.env, PARLEY_DATA: dataDir, PARLEY_PORT: '0', MODEL_URL: `${model.url}/v1` },
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
  console.log(`Parley runs at ${baseUrl}, its models at ${model.url}`);
  const account = { email: 'ada@example.com', name: 'Ada', password: 'quiet-otter-over-the-weir' };
  const { accessToken } = await createClient(authLocalContract, { baseUrl }).signUp(account);
  const chat = createClient(chatContract, { baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) });
  const models = createClient(modelsContract, { baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) });
  const { items } = await models.list({});
  console.log(`Models: ${items.map(({ id }) => id).join(', ')}`);

  const parts = [{ type: 'text' as const, text: 'What is the capital of France?' }];
  const { streamId } = await chat.send({ idempotencyKey: crypto.randomUUID(), model: 'local/gpt-5', parts });
  let answer = '';
  for await (const { event } of chat.stream({ streamId })) {
    if (event.type === 'part-delta' && 'text' in event) answer += event.text;
    if (event.type === 'run-end' && 'state' in event && event.state !== 'completed')
      throw new Error(`the run ended as ${event.state}`);
  }
  console.log(answer);
} finally {
  if (parley.exitCode === null) {
    parley.kill('SIGTERM');
    await once(parley, 'exit');
  }
  await model.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
