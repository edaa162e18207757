import { describe, expect, it } from '@jest/globals';
import { createPrincipal, modelErrors, ModelInfo } from '@parley/contracts';
import type { Answer } from './listings.ts';
import { testProvider } from './test-provider.ts';

const ann = createPrincipal({ kind: 'user', id: 'ann' });

/** A provider `acme` that takes 30 ms to answer. */
const start = (answer: Answer) => {
  let nowMs = Date.UTC(2026, 5, 1);
  const forgotten: (string | undefined)[] = [];
  const asker = {
    one: async (_principal: unknown, key: string) => {
      nowMs += 30;
      return key === 'acme'
        ? { key, title: { title: 'Acme', demo: false }, credentials: undefined, answer }
        : undefined;
    },
    all: async () => [],
    forget: (key?: string) => void forgotten.push(key),
  };
  return { deps: { asker, clock: { now: () => nowMs } }, forgotten };
};

describe('testProvider', () => {
  it('asks anew, and says how many models came and how long it took', async () => {
    const { deps, forgotten } = start({ models: [ModelInfo.parse({ id: 'm', name: 'M' })] });
    expect(await testProvider(deps, ann, 'acme')).toMatchObject({ state: 'ready', models: 1, tookMs: 30 });
    expect(forgotten).toEqual(['acme']);
  });

  it('says why it can not be used', async () => {
    const { deps } = start({ failure: modelErrors.AUTH({ provider: 'Acme' }) });
    expect(await testProvider(deps, ann, 'acme')).toMatchObject({
      state: 'unavailable',
      code: 'MODEL_AUTH',
      reason: expect.stringContaining('Acme'),
      models: 0,
    });
  });

  it('tells nothing of an error that nobody has declared', async () => {
    const { deps } = start({ failure: new Error('CANARY') });
    expect(JSON.stringify(await testProvider(deps, ann, 'acme'))).not.toContain('CANARY');
  });

  it('refuses one that is not there', async () => {
    const { deps } = start({ models: [] });
    await expect(testProvider(deps, ann, 'other')).rejects.toMatchObject({ code: 'MODELS_NO_PROVIDER' });
  });
});
