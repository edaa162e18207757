import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '@parley/contracts';
import { startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { sampleContract } from './contract/index.ts';
import sample from './server/index.ts';

describe('sample', () => {
  const conversationId = newId();
  let host: TestHost;
  before(async () => {
    host = await startTestHost({
      plugins: [sample],
      shipped: true,
      config: { [sample.id]: { maxEntriesPerConversation: 2 } },
    });
  });
  after(() => host.stop());
  const clientOf = async (name: string) => (await host.user(name)).client(sampleContract);

  it('lists what was written, newest first, until it is deleted', async () => {
    const ada = await clientOf('ada');
    const first = await ada.create({ conversationId, text: ' first ' });
    await ada.create({ conversationId, text: 'second' });
    assert.deepEqual(
      (await ada.list({ conversationId })).items.map(({ text }) => text),
      ['second', 'first'],
    );
    await ada.remove({ conversationId, id: first.id });
    assert.equal((await ada.list({ conversationId })).items.length, 1);
  });

  it('refuses more than the limit', async () => {
    const bob = await clientOf('bob');
    for (const text of ['a', 'b']) await bob.create({ conversationId, text });
    await assert.rejects(bob.create({ conversationId, text: 'c' }), { code: 'SAMPLE_TOO_MANY' });
  });

  it('shows nobody else that they exist', async () => {
    const [mine] = (await (await clientOf('bob')).list({ conversationId })).items;
    const eve = await clientOf('eve');
    assert.deepEqual((await eve.list({ conversationId })).items, []);
    await assert.rejects(eve.remove({ conversationId, id: mine?.id ?? '' }), { code: 'SAMPLE_NOT_FOUND' });
  });

  it('asks for a sign-in', async () => {
    const reply = await host.request(`/api/x/sample/entries?conversationId=${conversationId}`);
    assert.equal(reply.status, 401);
  });

  it('leaves nothing behind', async () => {
    const exercise = async (other: TestHost) => {
      await (await other.user('ada')).client(sampleContract).create({ conversationId, text: 'kept' });
    };
    await testPluginContract(sample, { shipped: true, exercise });
  });
});
