import { describe, expect, it } from '@jest/globals';
import { createPrincipal, live, modelProvider } from '@parley/contracts';
import type { LiveRef, ModelEvent, ModelProvider, ModelRequest } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { createGate } from './gate.ts';
import { scriptedModel } from './scripted-model.ts';
import { startTestHost } from './start-test-host.ts';

const request: ModelRequest = {
  model: 'model',
  messages: [],
  tools: [],
  parameters: {},
  principal: createPrincipal({ kind: 'user', id: 'ada' }),
  requestId: 'r1',
};

/** The provider as another plugin reaches it. */
async function open() {
  const model = scriptedModel();
  let providers: LiveRef<ModelProvider> | undefined;
  const consumer = definePlugin({
    id: 'consumer',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { models: live(modelProvider) },
    setup: (_ctx, { models }) => {
      providers = models;
    },
  });
  const host = await startTestHost({ plugins: [model.plugin, consumer] });
  const provider = providers?.lease('scripted').value;
  if (!provider) throw new Error('there is no provider');
  return { host, model, stream: (signal: AbortSignal) => provider.stream(request, signal) };
}

const read = async (events: AsyncIterable<ModelEvent>) => {
  const seen: ModelEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};

describe('scriptedModel', () => {
  it('answers what the test wrote, one script per request, then ok', async () => {
    const { host, model, stream } = await open();
    model.answer({ type: 'reasoning', text: 'hm' }, { type: 'text', text: 'yes' });
    const { signal } = new AbortController();
    expect(await read(stream(signal))).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'yes' },
      { type: 'finish', reason: 'stop' },
    ]);
    expect(await read(stream(signal))).toEqual([
      { type: 'text', text: 'ok' },
      { type: 'finish', reason: 'stop' },
    ]);
    expect(model.requests).toHaveLength(2);
    await host.stop();
  });

  it('waits at a gate until it is opened', async () => {
    const { host, model, stream } = await open();
    const gate = createGate();
    model.answer({ type: 'text', text: 'a' }, gate, { type: 'text', text: 'b' });
    const all = read(stream(new AbortController().signal));
    await gate.reached;
    expect(model.running()).toBe(1);
    gate.open();
    expect((await all).map((event) => event.type)).toEqual(['text', 'text', 'finish']);
    expect(model.running()).toBe(0);
    await host.stop();
  });

  it('ends with the reason of an abort while it waits', async () => {
    const { host, model, stream } = await open();
    const gate = createGate();
    const controller = new AbortController();
    model.answer(gate);
    const all = read(stream(controller.signal));
    await gate.reached;
    controller.abort(new Error('enough'));
    await expect(all).rejects.toThrow('enough');
    await host.stop();
  });

  it('fails where the test wants it to', async () => {
    const { host, model, stream } = await open();
    model.answer({ type: 'text', text: 'a' }, new Error('cut'));
    await expect(read(stream(new AbortController().signal))).rejects.toThrow('cut');
    await host.stop();
  });
});
