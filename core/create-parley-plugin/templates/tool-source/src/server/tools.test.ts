import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPrincipal } from '@parley/contracts';
import { testPluginContract } from '@parley/testing';
import { onNode } from '@parley/testing/kits';
import sample from './index.ts';
import { Config } from './config.ts';
import { kits } from './kit.ts';
import { createTools } from './tools.ts';

for (const kit of kits) kit.test(onNode({ describe, it }));

describe('count_words', () => {
  const tools = createTools(Config.parse({}));
  const call = { principal: createPrincipal({ kind: 'user', id: 'ada' }), requestId: '1' };
  const count = async (text: string) =>
    (await tools.call('count_words', { text }, call, new AbortController().signal)).text;

  it('counts words and no marks', async () => {
    assert.equal(await count('Well, yes -- and no.'), '4 words');
  });

  it('counts where no space parts the words', async () => {
    assert.notEqual(await count('今日は良い天気です'), '1 words');
  });
});

describe('sample', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(sample, { shipped: true });
  });
});
