// Points provider-openai at a server that speaks the OpenAI protocol and completes a chat through Parley's API. The last
// line is the answer.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { loadDefaultComposition, startHost } from '@parley/host-server';
import { authLocalContract } from '@parley/plugin-auth-local/contract';
import { chatContract } from '@parley/plugin-chat/contract';
import openAi from '@parley/plugin-provider-openai/server';

import { createClient } from '@parley/web/client';

const model = new LLMock({ port: 0 });
model.onMessage('capital of France', { content: 'The capital of France is Paris.' });
await model.start();

const dataDir = mkdtempSync(join(tmpdir(), 'parley-example-'));
const host = await startHost({
  dataDir,
  port: 0,
  logLevel: 'warn',
  plugins: [
    ...(await loadDefaultComposition({})),
    {
      plugin: openAi,
      id: 'local-models',
      firstParty: true,
      config: { key: 'local', title: 'Local models', baseUrl: `${model.url}/v1`, models: ['gpt-5'] },
    },
  ],
});
console.log(`Parley runs at ${host.url}, its models at ${model.url}`);

try {
  const account = { email: 'ada@example.com', name: 'Ada', password: 'a long enough pass phrase' };
  const { accessToken } = await createClient(authLocalContract, { baseUrl: host.url, fetch }).signUp(account);
  const chat = createClient(chatContract, {
    baseUrl: host.url,
    fetch,
    headers: () => ({ authorization: `Bearer ${accessToken}` }),
  });
  const { items } = await chat.models({});
  console.log(`Models: ${items.map((item) => item.id).join(', ')}`);

  const question = [{ type: 'text' as const, text: 'What is the capital of France?' }];
  const { streamId } = await chat.send({ idempotencyKey: randomUUID(), model: 'local/gpt-5', parts: question });
  let answer = '';
  for await (const { event } of chat.stream({ streamId })) {
    if (event.type === 'part-delta' && 'text' in event) answer += event.text;
    if (event.type === 'run-end' && 'state' in event && event.state !== 'completed')
      throw new Error(`the run ended as ${event.state}`);
  }
  console.log(answer);
  if (!answer.includes('Paris')) process.exitCode = 1;
} finally {
  await host.stop();
  await model.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
