import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { onNode } from '@parley/testing/kits';
import sample from './index.ts';
import { kits } from './kit.ts';
import { startFakeService } from './kit/fake-service.ts';

for (const kit of kits) kit.test(onNode({ describe, it }));

describe('sample', () => {
  it('answers in a conversation', async () => {
    const service = await startFakeService();
    const config = { [sample.id]: { baseUrl: service.url, apiKey: service.key } };
    await using host = await startTestHost({ plugins: [sample], shipped: true, config });
    await host.user('ada').chat('echo:Hello', { model: 'sample/sample-small' }).expectText('Hello');
    await service.stop();
  });

  it('never writes its key into the log', async () => {
    const config = { [sample.id]: { baseUrl: 'http://127.0.0.1:9', apiKey: 'very-secret' } };
    await using host = await startTestHost({ plugins: [sample], shipped: true, config });
    const { message } = await host.user('ada').chat('Hello', { model: 'sample/sample-small' });
    assert.equal(message.error?.code, 'MODEL_UNAVAILABLE');
    assert.ok(!JSON.stringify(host.logs).includes('very-secret'));
  });

  it('leaves nothing behind', async () => {
    const service = await startFakeService();
    const config = { [sample.id]: { baseUrl: service.url, apiKey: service.key } };
    const exercise = async (host: TestHost) => {
      await host.user('ada').chat('echo:Hello', { model: 'sample/sample-small' });
    };
    await testPluginContract(sample, { shipped: true, config, exercise });
    await service.stop();
  });
});
