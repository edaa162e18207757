import { describe, expect, it } from '@jest/globals';
import { startTestKernel } from '../fixtures/start-kernel.ts';
import { createSpeaker, cachePlugin, userOf, say, uses, boom } from '../fixtures/swappable.ts';

describe("the operator's order", () => {
  it('stands above what taps ask for, and is told as the reason', async () => {
    const [a, b, c] = [createSpeaker('a'), createSpeaker('b'), createSpeaker('c')];
    const { kernel } = await startTestKernel([a, b, c]);
    const target = { ...uses(a, b, c), order: { greet: ['c', '*', 'a'] } };
    expect(kernel.plan(target).hookOrders).toEqual([
      { hook: 'greet', before: ['a', 'b', 'c'], after: ['c', 'b', 'a'] },
    ]);
    await kernel.apply(target);
    await expect(say(kernel)).resolves.toBe('hi c:one b:one a:one');
    const taps = kernel.graph().hooks.find(({ id }) => id === 'greet')?.taps;
    expect(taps?.map(({ reason }) => reason)).toEqual([
      "the operator's order: c, *, a",
      'order of the composition',
      "the operator's order: c, *, a",
    ]);
  });

  it('holds from the first start', async () => {
    const [a, b] = [createSpeaker('a'), createSpeaker('b')];
    const { kernel } = await startTestKernel([a, b], { order: { greet: ['b'] } });
    await expect(say(kernel)).resolves.toBe('hi b:one a:one');
  });

  it('of the composition changes without a new generation', async () => {
    const [a, b] = [createSpeaker('a'), createSpeaker('b')];
    const { kernel } = await startTestKernel([a, b]);
    const { changes } = await kernel.apply(uses(b, a));
    expect(changes).toEqual([]);
    await expect(say(kernel)).resolves.toBe('hi b:one a:one');
  });
});

describe('a plan', () => {
  it('touches nothing and says all there is to say', async () => {
    const events: string[] = [];
    const redis = cachePlugin(events);
    const notes = userOf(events);
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([redis, notes, a]);
    events.length = 0;
    using _hold = kernel.contracts()[0]?.hold();
    const plan = kernel.plan(uses({ plugin: redis, config: { size: 2 } }, notes, createSpeaker('b')));
    expect(events).toEqual([]);
    expect(plan.problems).toEqual([]);
    expect(plan.startOrder).toEqual(['redis', 'b', 'notes']);
    expect(plan.changes.map(({ pluginId, action, reason }) => [pluginId, action, reason])).toEqual([
      ['redis', 'replace', 'settings changed: size'],
      ['notes', 'replace', 'its cache is replaced'],
      ['b', 'start', 'it is added'],
      ['a', 'stop', 'it is taken out'],
    ]);
    expect(plan.changes.at(-1)).toMatchObject({ leases: 1, routes: { added: [], removed: ['GET /api/x/a/list'] } });
    expect(plan.hookOrders).toEqual([{ hook: 'greet', before: ['a'], after: ['b'] }]);
  });

  it('names settings and never their values', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([{ plugin: a, config: { secret: 'open sesame' } }]);
    const plan = kernel.plan(uses({ plugin: a, config: { secret: 'close sesame' } }));
    expect(plan.changes).toMatchObject([{ settings: ['secret'] }]);
    expect(JSON.stringify(plan)).not.toContain('sesame');
  });

  it('has the same id as long as it says the same, whoever holds what', async () => {
    const a = createSpeaker('a');
    const { kernel } = await startTestKernel([a]);
    const target = uses({ plugin: a, config: { word: 'two' } });
    const first = kernel.plan(target);
    using _hold = kernel.contracts()[0]?.hold();
    expect(kernel.plan(target).id).toBe(first.id);
    expect(kernel.plan(uses()).id).not.toBe(first.id);
  });

  it('lists problems instead of changes', async () => {
    const { kernel } = await startTestKernel([]);
    const plan = kernel.plan(uses(userOf()));
    expect(plan.changes).toEqual([]);
    expect(plan.problems[0]).toMatch(/notes needs cache/);
  });

  it('warns of what will wait', async () => {
    const broken = cachePlugin([], { setup: boom });
    const { kernel } = await startTestKernel([broken]);
    const plan = kernel.plan(uses(broken, userOf()));
    expect(plan.warnings).toEqual(['notes will wait for cache: redis is failed']);
  });
});
