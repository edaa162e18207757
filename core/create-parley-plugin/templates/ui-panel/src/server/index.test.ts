import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestHost, testPluginContract } from '@parley/testing';
import sample from './index.ts';

describe('sample', () => {
  it('shows a panel beside the thread', async () => {
    await using host = await startTestHost({ plugins: [sample], shipped: true });
    const places = host.kernel.contributions().filter(({ pluginId }) => pluginId === sample.id);
    assert.deepEqual(
      places.map(({ slot, id }) => `${slot} ${id}`),
      ['thread.panel sample'],
    );
  });

  it('leaves nothing behind', async () => {
    await testPluginContract(sample, { shipped: true });
  });
});
