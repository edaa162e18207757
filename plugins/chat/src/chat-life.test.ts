import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAppError, isFinal, kernelDraining, modelProvider, newId } from '@parley/contracts';
import type { ModelEvent, Run, RunEvent } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { chatContract, runFinished } from '@parley/plugin-chat/contract';
import chat from '@parley/plugin-chat/server';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import { eventsContract } from '@parley/plugin-events/contract';
import type { UserEvent } from '@parley/plugin-events/contract';
import events from '@parley/plugin-events/server';
import models from '@parley/plugin-models/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { createGate, scriptedModel, startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestUser } from '@parley/testing';

const model = scriptedModel();
const finished: Run[] = [];
let skewMs = 0;

/** Says one word, then neither goes on nor listens to anybody. */
const deaf = definePlugin({
  id: 'deaf-model',
  version: '1.0.0',
  kernel: '^1.0.0',
  provides: [modelProvider],
  hooks: [runFinished],
  setup(ctx) {
    async function* stream(): AsyncGenerator<ModelEvent> {
      yield { type: 'text', text: 'Well' };
      await new Promise(() => undefined);
    }
    const info = { id: 'model', name: 'Deaf', abilities: { vision: false, files: false, audio: false } } as never;
    ctx.provide(modelProvider, { listModels: () => Promise.resolve([info]), stream }, { title: 'Deaf' }, 'deaf');
    ctx.on(runFinished, ({ run }) => void finished.push(run));
  },
});
const plugins = [
  storageSqlite,
  cacheMemory,
  identity,
  authLocal,
  events,
  conversations,
  models,
  chat,
  model.plugin,
  deaf,
];
const start = (limits: object = {}) =>
  startTestHost({
    plugins,
    config: { chat: { logRetentionHours: 0.01, ...limits } },
    clock: { now: () => Date.now() + skewMs },
  });

let host: TestHost;
let ann: TestUser;

beforeAll(async () => {
  host = await start();
  ann = await host.user('Ann');
});
afterAll(async () => void (await host.stop()));

const piece = (words: string): ModelEvent => ({ type: 'text', text: words });
const send = (user = ann, wanted = model.modelId) =>
  user.client(chatContract).send({ idempotencyKey: newId(), parts: [{ type: 'text', text: 'Hi' }], model: wanted });
const read = async (streamId: string, lastEventId?: number, user = ann): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  const options = lastEventId === undefined ? {} : { lastEventId: String(lastEventId) };
  for await (const { event } of user.client(chatContract).stream({ streamId }, options)) seen.push(event);
  return seen;
};
const answerOf = async ({ conversationId, messageId }: { conversationId: string; messageId: string }, user = ann) => {
  const { items } = await user.client(conversationsContract).messages({ conversationId });
  return items.find((message) => message.id === messageId);
};
const spoken = (seen: readonly RunEvent[]) =>
  seen.map((event) => (event.type === 'part-delta' && 'text' in event ? event.text : '')).join('');
const until = async (isTrue: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isTrue()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('This did not become true within 3 s');
};

describe('following a run', () => {
  it('shows every reader the same events, live, late and from any position', async () => {
    const [early, late] = [createGate(), createGate()];
    model.answer(piece('one '), early, piece('two '), late, piece('three'));
    const { streamId } = await send();
    const first = read(streamId);
    await early.reached;
    const second = read(streamId);
    early.open();
    await late.reached;
    const third = read(streamId, 2);
    late.open();
    const all = await first;
    expect(spoken(all)).toBe('one two three');
    expect(await second).toEqual(all);
    expect(await third).toEqual(all.slice(2));
    for (const position of all.keys()) expect(await read(streamId, position)).toEqual(all.slice(position));
  });

  it('answers 204 once there is nothing more to read', async () => {
    const { streamId } = await send();
    const { length } = await read(streamId);
    const headers = { 'last-event-id': String(length) };
    const response = await ann.request(`/api/agents/chat/stream/${streamId}`, { headers });
    expect(response.status).toBe(204);
  });

  it('goes on without a reader', async () => {
    const gate = createGate();
    model.answer(piece('on '), gate, piece('and on'));
    const receipt = await send();
    const leaving = new AbortController();
    const response = await ann.request(`/api/agents/chat/stream/${receipt.streamId}`, { signal: leaving.signal });
    expect(response.status).toBe(200);
    leaving.abort();
    gate.open();
    await until(async () => (await answerOf(receipt))?.state === 'complete');
    expect(spoken(await read(receipt.streamId))).toBe('on and on');
  });

  it('is not held up by a reader that does not read', async () => {
    const words = Array.from({ length: 2_000 }, (_none, index) => piece(`${String(index).padStart(1_000, '.')} `));
    model.answer(...words);
    const receipt = await send();
    const response = await ann.request(`/api/agents/chat/stream/${receipt.streamId}`);
    await until(async () => (await answerOf(receipt))?.state === 'complete');
    const body = await response.text();
    expect(body).toContain('event: run-end');
    expect(body.match(/1999 /g)).toHaveLength(1);
  });

  it('gives a long answer whole from any position, also when its log takes several records', async () => {
    const words = Array.from({ length: 700 }, (_none, index) => piece(`${String(index).padStart(1_000, '.')} `));
    model.answer(...words);
    const receipt = await send();
    await until(async () => (await answerOf(receipt))?.state === 'complete');
    const all = await read(receipt.streamId);
    expect(all.map((event) => event.seq)).toEqual(all.map((_event, index) => index + 1));
    expect(spoken(all)).toBe(words.map((word) => ('text' in word ? word.text : '')).join(''));
    for (const position of [1, Math.floor(all.length / 2), all.length - 1])
      expect(await read(receipt.streamId, position)).toEqual(all.slice(position));
  });

  it('sends the whole message once the log is no longer kept', async () => {
    model.answer(piece('kept in the message'));
    const receipt = await send();
    const all = await read(receipt.streamId);
    skewMs += 60_000;
    const seen = await read(receipt.streamId, 2);
    expect(seen).toMatchObject([
      {
        type: 'snapshot',
        seq: all.length - 1,
        message: { id: receipt.messageId, parts: [piece('kept in the message')] },
      },
      { type: 'run-end', seq: all.length, state: 'completed' },
    ]);
    expect(await read(receipt.streamId, all.length)).toEqual([]);
  });
});

describe('other tabs', () => {
  it('are told when a run begins and when it has ended', async () => {
    const opened = Promise.withResolvers<void>();
    const gate = createGate();
    const listen = async () => {
      const seen: UserEvent[] = [];
      for await (const { event } of ann.client(eventsContract).stream({}, { onOpen: opened.resolve })) {
        if (event.topic !== 'run') continue;
        gate.open();
        if (seen.push(event) === 2) break;
      }
      return seen;
    };
    const listening = listen();
    await opened.promise;
    model.answer(gate);
    const { runId: id, conversationId: parentId } = await send();
    const told = await listening;
    expect(told).toMatchObject([
      { id, parentId },
      { id, parentId },
    ]);
    expect(told[1]?.rev).toBeGreaterThan(told[0]?.rev ?? 0);
  });
});

describe('stopping', () => {
  it('keeps what was said, and may be repeated', async () => {
    const gate = createGate();
    model.answer(piece('Once upon'), gate);
    const receipt = await send();
    await gate.reached;
    const client = ann.client(chatContract);
    const runs = await Promise.all([1, 2, 3].map(() => client.abort({ runId: receipt.runId })));
    expect(runs.map((run) => run.state)).toEqual(['stopped', 'stopped', 'stopped']);
    expect((await client.abort({ runId: receipt.runId })).state).toBe('stopped');
    expect(await answerOf(receipt)).toMatchObject({ state: 'stopped', parts: [piece('Once upon')] });
    expect(model.running()).toBe(0);
  });

  it('takes effect within two seconds when the provider does not listen', async () => {
    const receipt = await send(ann, 'deaf/model');
    await until(async () => spoken((await readSome(receipt.streamId)) ?? []) === 'Well');
    const startedMs = performance.now();
    expect((await ann.client(chatContract).abort({ runId: receipt.runId })).state).toBe('stopped');
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect((await answerOf(receipt))?.parts).toEqual([piece('Well')]);
  });

  it('comes by itself when an answer takes too long', async () => {
    await using other = await start({ maxRunMs: 150 });
    const ben = await other.user('Ben');
    model.answer(piece('Still thinking'), createGate());
    const receipt = await send(ben);
    const seen = await read(receipt.streamId, undefined, ben);
    expect(seen.at(-1)).toMatchObject({ state: 'failed', error: { code: 'CHAT_LIMIT' } });
    expect(await answerOf(receipt, ben)).toMatchObject({ state: 'failed', parts: [piece('Still thinking')] });
  });

  it('gives each of a hundred runs exactly one end, whoever is first', async () => {
    finished.splice(0);
    const client = ann.client(chatContract);
    const race = async (index: number) => {
      model.answer(...Array.from({ length: index % 7 }, () => piece('word ')));
      const receipt = await send();
      const reading = read(receipt.streamId);
      if (index % 3 > 0) await new Promise((done) => setTimeout(done, index % 5));
      const stopped = await client.abort({ runId: receipt.runId });
      const seen = await reading;
      const ends = seen.filter((event) => event.type === 'run-end');
      const message = await answerOf(receipt);
      expect(ends).toMatchObject([{ state: stopped.state, seq: seen.length }]);
      expect(message?.state).toBe(stopped.state === 'completed' ? 'complete' : stopped.state);
      expect(message?.parts.map((part) => ('text' in part ? part.text : '')).join('')).toBe(spoken(seen));
      return receipt.runId;
    };
    const ids: string[] = [];
    for (let round = 0; round < 10; round += 1)
      ids.push(...(await Promise.all(Array.from({ length: 10 }, (_none, index) => race(round * 10 + index)))));
    await until(() => finished.length >= 100);
    expect(finished.map((run) => run.id).toSorted()).toEqual(ids.toSorted());
  }, 30_000);
});

/** What a log holds now, without waiting for more. */
async function readSome(streamId: string): Promise<RunEvent[]> {
  const leaving = new AbortController();
  const seen: RunEvent[] = [];
  setTimeout(() => leaving.abort(), 50);
  try {
    for await (const { event } of ann.client(chatContract).stream({ streamId }, { signal: leaving.signal }))
      seen.push(event);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
  return seen;
}

describe('draining', () => {
  it('takes no new messages, lets answers end in time, and interrupts the others with what they said', async () => {
    const other = await start();
    const ben = await other.user('Ben');
    const gate = createGate();
    model.answer(piece('in time'), gate);
    const quick = await send(ben);
    await gate.reached;
    model.answer(piece('too long'), createGate());
    const slow = await send(ben);
    const reading = read(slow.streamId, undefined, ben);
    const drained = other.kernel.hook(kernelDraining).run({ deadlineMs: 300 }, other.kernel.call());
    await until(async () => {
      const refused = await send(ben).catch((error: unknown) => error);
      return isAppError(refused, 'CHAT_DRAINING');
    });
    gate.open();
    await drained;
    expect(await answerOf(quick, ben)).toMatchObject({ state: 'complete', parts: [piece('in time')] });
    expect(await answerOf(slow, ben)).toMatchObject({
      state: 'interrupted',
      parts: [piece('too long')],
      error: { code: 'CHAT_INTERRUPTED' },
    });
    expect((await reading).at(-1)).toMatchObject({ type: 'run-end', state: 'interrupted' });
    await expect(other.stop()).resolves.toEqual([]);
  });

  it('leaves no run behind when the plugin stops at once', async () => {
    const other = await start();
    const ben = await other.user('Ben');
    const gate = createGate();
    model.answer(piece('cut'), gate);
    await send(ben);
    await gate.reached;
    finished.splice(0);
    await other.stop();
    expect(finished.map((run) => [run.state, isFinal(run.state)])).toEqual([['interrupted', true]]);
    expect(model.running()).toBe(0);
  });
});

describe('the chat plugin', () => {
  it('leaves nothing behind', async () => {
    const others = plugins.filter((plugin) => plugin !== chat);
    await testPluginContract(chat, {
      plugins: others,
      exercise: async (other) => {
        const ada = await other.user('Ada');
        const { streamId } = await send(ada);
        await read(streamId, undefined, ada);
      },
    });
  });
});
