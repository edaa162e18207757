import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { RunEvent } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { chatContract, runFinished } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { createGate, script, scriptedModel, startTestHost } from '@parley/testing';
import type { Gate, TestHost, TestUser } from '@parley/testing';

const model = scriptedModel();
const finished: string[] = [];
const listener = definePlugin({
  id: 'listener',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [runFinished],
  setup(ctx) {
    let isUp = true;
    ctx.effect(() => () => void (isUp = false), 'state');
    ctx.on(runFinished, ({ run }) => void finished.push(`${run.state}${isUp ? '' : ' too late'}`));
  },
});

let host: TestHost;
let ann: TestUser;
beforeAll(async () => {
  host = await startTestHost({ shipped: true, plugins: [model.plugin, listener] });
  ann = await host.user('Ann');
});
afterAll(() => host.stop());

let swaps = 0;
/** Gives `id` a new generation, and with it everybody who was given something of it. */
async function swap(id: string, of = host): Promise<void> {
  swaps += 1;
  const composition = of.kernel.composition();
  const settings: Readonly<Record<string, object>> = {
    chat: { logRetentionHours: 24 + swaps },
    'cache-memory': { maxEntries: 1_000 + swaps },
    'storage-sqlite': { sweepSeconds: 100 + swaps },
  };
  const plugins = composition.plugins.map((use) => {
    if (use.plugin.id !== id) return use;
    return settings[id] === undefined ? { ...use, plugin: { ...use.plugin } } : { ...use, config: settings[id] };
  });
  await of.kernel.apply({ ...composition, plugins });
}
const client = (user = ann) => user.client(chatContract);
const send = (user = ann) =>
  client(user).send({ idempotencyKey: newId(), parts: [{ type: 'text', text: 'Hi' }], model: model.modelId });
async function read(streamId: string, after?: number): Promise<readonly RunEvent[]> {
  const seen: RunEvent[] = [];
  const from = after === undefined ? {} : { lastEventId: String(after) };
  for await (const { event } of client().stream({ streamId }, from)) seen.push(event);
  return seen;
}
const spoken = (events: readonly RunEvent[]) =>
  events.map((event) => (event.type === 'part-delta' && 'text' in event ? event.text : '')).join('');
/** Starts an answer that says `Well ` and stands at a gate before its last word. */
async function startAnswer(user = ann): Promise<{ readonly gate: Gate; readonly id: string }> {
  const gate = createGate();
  model.answer(...script`Well ${gate} done`);
  const { streamId: id } = await send(user);
  await gate.reached;
  return { gate, id };
}
const drainingChats = (of = host) => of.kernel.graph().plugins.find(({ id }) => id === 'chat')?.draining;

describe('an answer whose plugins are replaced while it is given', () => {
  it.each([
    'chat',
    'cache-memory',
    'conversations',
    'events',
    'identity',
    'storage-sqlite',
    'scripted-model',
    'listener',
  ])('is finished by those it began with, %s among them, for readers of before and after', async (id) => {
    finished.length = 0;
    const answer = await startAnswer();
    const before = read(answer.id);
    await swap(id);
    const after = read(answer.id);
    model.answer(...script`Anew`);
    const { streamId } = await send();
    expect(spoken(await read(streamId))).toBe('Anew');
    answer.gate.open();
    const [first, second] = await Promise.all([before, after]);
    expect(spoken(first)).toBe('Well done');
    expect(second).toEqual(first);
    expect(first.at(-1)).toMatchObject({ type: 'run-end', state: 'completed' });
    await host.kernel.drained();
    expect(finished).toEqual(['completed', 'completed']);
    expect(host.logs.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('is taken up again after its last event through the new routes', async () => {
    const answer = await startAnswer();
    await swap('chat');
    const reading = read(answer.id);
    answer.gate.open();
    const all = await reading;
    expect(await read(answer.id, 2)).toEqual(all.slice(2));
  });

  it('is stopped through the new routes, at once', async () => {
    const answer = await startAnswer();
    await swap('chat');
    await expect(client().abort({ runId: answer.id })).resolves.toMatchObject({ state: 'stopped' });
    await host.kernel.drained();
    expect(model.running()).toBe(0);
  });

  it('is stopped when its conversation is deleted', async () => {
    const answer = await startAnswer();
    await swap('chat');
    const { conversationId } = await client().run({ runId: answer.id });
    await ann.client(conversationsContract).remove({ id: conversationId });
    await host.kernel.drained();
    expect(model.running()).toBe(0);
  });

  it('keeps its branch, and is listed as running', async () => {
    const answer = await startAnswer();
    await swap('chat');
    const { items } = await client().activeRuns({});
    expect(items.map(({ id, state }) => ({ id, state }))).toEqual([{ id: answer.id, state: 'running' }]);
    answer.gate.open();
    await host.kernel.drained();
    expect((await client().activeRuns({})).items).toEqual([]);
  });

  it('may be one of several generations', async () => {
    const answers = [await startAnswer()];
    for (let count = 0; count < 3; count += 1) {
      await swap('chat');
      answers.push(await startAnswer());
    }
    expect(drainingChats()).toHaveLength(3);
    for (const { gate } of answers) gate.open();
    const said = await Promise.all(answers.map(async ({ id }) => spoken(await read(id))));
    expect(said).toEqual(answers.map(() => 'Well done'));
    await host.kernel.drained();
    expect(drainingChats()).toEqual([]);
  });

  it('has the time that the host gives when it stops', async () => {
    const other = await startTestHost({ shipped: true, plugins: [model.plugin] });
    const ben = await other.user('Ben');
    const answer = await startAnswer(ben);
    await swap('chat', other);
    const ended = (async () => {
      const states: string[] = [];
      for await (const { event } of client(ben).stream({ streamId: answer.id })) {
        if (event.type === 'run-end' && 'state' in event) states.push(event.state);
      }
      return states;
    })();
    const stopping = other.stop({ deadlineMs: 10_000 });
    answer.gate.open();
    expect(await ended).toEqual(['completed']);
    await stopping;
  });
});
