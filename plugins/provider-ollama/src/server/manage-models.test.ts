import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { CallContext } from '@parley/contracts';
import { Config } from './config.ts';
import { createConnect } from './connect.ts';
import { startProtocolServer } from './fixtures/protocol-server.ts';
import { createHandlers } from './manage-models.ts';

let upstream: Awaited<ReturnType<typeof startProtocolServer>>;
beforeAll(async () => {
  upstream = await startProtocolServer();
});
afterAll(() => upstream.stop());

const call: CallContext = {
  principal: createPrincipal({ kind: 'user', id: 'root' }),
  requestId: 'r',
  locale: 'en',
  signal: new AbortController().signal,
};
const handlers = () => {
  const config = Config.parse({ baseUrl: upstream.url });
  return createHandlers({ provider: 'Ollama', connect: createConnect({ config, fetch }) });
};
const pull = async (model: string) => {
  const all: unknown[] = [];
  for await (const step of (await handlers().pull({ model }, call)) as AsyncIterable<unknown>) all.push(step);
  return all;
};

describe('the models of the server', () => {
  it('are fetched while the administrator sees how far it is', async () => {
    expect(await pull('kit')).toEqual([
      { status: 'pulling manifest' },
      { status: 'pulling', completedBytes: 4, totalBytes: 10 },
      { status: 'pulling', completedBytes: 10, totalBytes: 10 },
      { status: 'success' },
    ]);
  });

  it('say so when they can not be fetched', async () => {
    await expect(pull('nothing')).rejects.toMatchObject({ code: expect.stringMatching(/^MODEL_/) });
  });

  it('are deleted, and one that is not there is named', async () => {
    await handlers().remove({ model: 'kit' }, call);
    expect(upstream.removed).toEqual(['kit']);
    await expect(handlers().remove({ model: 'other' }, call)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});
