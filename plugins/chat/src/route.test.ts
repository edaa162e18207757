import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Run, TraceEntry } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { chatPrompt, chatRoute, runFinished, runTrace } from '@parley/plugin-chat/contract';
import type { Route } from '@parley/plugin-chat/contract';
import chat from '@parley/plugin-chat/server';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import models from '@parley/plugin-models/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { createGate, script, scriptedModel, startTestHost } from '@parley/testing';
import type { TestHost, TestPerson } from '@parley/testing';

const prices = { inputUsdPerMillion: 2, outputUsdPerMillion: 10, cachedInputUsdPerMillion: 1 };
const first = scriptedModel({ key: 'first', info: { inputUsdPerMillion: 500, outputUsdPerMillion: 500 } });
const second = scriptedModel({ key: 'second', info: prices });
const third = scriptedModel({ key: 'third' });
const down = () => modelErrors.UNAVAILABLE({ provider: 'x' });
const usage = (inputTokens: number): ModelEvent => ({ type: 'usage', usage: { inputTokens, outputTokens: 100 } });

const asked: Route[] = [];
const prompted: string[] = [];
const finished: Run[] = [];
const traced: TraceEntry[] = [];
let next: (route: Route) => Route | undefined | Promise<Route | undefined> = () => undefined;

const router = definePlugin({
  id: 'router',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatRoute, chatPrompt, runFinished, runTrace],
  setup(ctx) {
    ctx.on(chatRoute, (route) => {
      asked.push(route);
      return next(route);
    });
    ctx.on(chatPrompt, ({ model }) => void prompted.push(model));
    ctx.on(runFinished, ({ run }) => void finished.push(run));
    ctx.on(runTrace, () => ({ trace: (entry) => void traced.push(entry), admitted: () => undefined }));
  },
});

/** After a failure, the models in this order. */
const inTurn =
  (...chain: readonly string[]) =>
  (route: Route): Route | undefined => {
    const model = chain[route.attempt - 1];
    return model === undefined ? undefined : { ...route, model, reason: `${model} is asked instead` };
  };

let host: TestHost;
let ada: TestPerson;
beforeAll(async () => {
  const providers = [first, second, third].map(({ plugin }) => plugin);
  const core = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, models, chat];
  host = await startTestHost({ plugins: [...core, ...providers, router] });
  ada = host.user('Ada');
});
afterAll(async () => void (await host.stop()));
afterEach(() => {
  for (const kept of [asked, prompted, finished, traced]) kept.splice(0);
  next = () => undefined;
});

const say = () => ada.chat('hi', { model: first.modelId });

describe('the route of an answer', () => {
  it('is asked for before the first request, and nothing is told when it stays as it is', async () => {
    const { message, events: log } = await say().expectText('ok');
    expect(asked).toMatchObject([{ wanted: 'first/model', model: 'first/model', attempt: 0, tried: [] }]);
    expect(message).toMatchObject({ model: 'first/model' });
    expect(message.notices).toBeUndefined();
    expect(log.map(({ type }) => type)).not.toContain('model');
    expect(finished).toMatchObject([{ model: 'first/model' }]);
    expect(finished[0]?.wanted).toBeUndefined();
  });

  it('may lead to another model from the start', async () => {
    next = (route) => ({ ...route, model: second.modelId });
    const { message } = await say().expectText('ok');
    expect(message.model).toBe('second/model');
    expect(message.notices).toBeUndefined();
    expect(prompted).toEqual(['second/model']);
  });

  it('leads to another model after a failure, with the reason, and that model is on message and run', async () => {
    first.answer(down());
    second.answer(...script`from the second`);
    next = inTurn('second/model');
    const { message, events: log } = await say().expectText('from the second');
    expect(asked.map(({ attempt, model, failure, tried }) => [attempt, model, failure?.code, tried])).toEqual([
      [0, 'first/model', undefined, []],
      [1, 'first/model', 'MODEL_UNAVAILABLE', ['first/model']],
    ]);
    expect(message).toMatchObject({
      model: 'second/model',
      notices: [{ level: 'info', text: 'second/model is asked instead', place: 0 }],
    });
    expect(log.map(({ type }) => type).slice(0, 4)).toEqual(['run-start', 'model', 'notice', 'part-start']);
    expect(finished).toMatchObject([{ model: 'second/model', wanted: 'first/model' }]);
  });

  it('is seen by who traces the answer, each model with what it failed with', async () => {
    first.answer(down());
    next = inTurn('second/model');
    await say().expectText('ok');
    const attempts = traced.flatMap((entry) => (entry.kind === 'model' ? [[entry.model, entry.error]] : []));
    expect(attempts).toEqual([
      ['first/model', expect.stringContaining('could not be reached')],
      ['second/model', undefined],
    ]);
    const routes = traced.filter((entry) => entry.kind === 'tap' && entry.hook === 'chat.route');
    expect(routes).toMatchObject([{ outcome: 'passed' }, { outcome: 'changed' }]);
  });

  it('is told once, for the model that answers, when several fail', async () => {
    first.answer(down());
    second.answer(modelErrors.RATE_LIMIT({ provider: 'x', retryAfterSeconds: 1 }));
    next = inTurn('second/model', 'third/model');
    const { message } = await say().expectText('ok');
    expect(message.model).toBe('third/model');
    expect(message.notices).toMatchObject([{ text: 'third/model is asked instead' }]);
  });

  it('drops what a model has said of a request that failed', async () => {
    first.answer({ type: 'notice', level: 'warning', text: 'A file was left out' }, usage(900), down());
    second.answer(usage(1_000), ...script`ok`);
    next = inTurn('second/model');
    const { message } = await say().expectText('ok');
    expect(message.notices).toHaveLength(1);
    expect(message.usage).toEqual({ inputTokens: 1_000, outputTokens: 100, costUsd: 0.003 });
  });

  it('ends with the failure once something of the answer was shown', async () => {
    first.answer({ type: 'text', text: 'Half' }, down());
    next = inTurn('second/model');
    const { message, text } = await say();
    expect(text).toBe('Half');
    expect(message).toMatchObject({ state: 'failed', model: 'first/model', error: { code: 'MODEL_UNAVAILABLE' } });
    expect(asked).toHaveLength(1);
  });

  it('ends with the failure when nobody names another model', async () => {
    first.answer({ type: 'notice', level: 'info', text: 'A word before' }, down());
    const { message } = await say();
    expect(message).toMatchObject({ state: 'failed', error: { code: 'MODEL_UNAVAILABLE' } });
    expect(message.notices).toMatchObject([{ text: 'A word before' }]);
    expect(asked).toHaveLength(2);
  });

  it('ends with what the last one failed with when all fail', async () => {
    first.answer(down());
    second.answer(modelErrors.QUOTA({ provider: 'second' }));
    next = inTurn('second/model', 'first/model');
    const { message } = await say();
    expect(message).toMatchObject({ state: 'failed', model: 'second/model', error: { code: 'MODEL_QUOTA' } });
    expect(message.error?.detail).toContain('second');
  });

  it('is not asked for again after what another model would do no better', async () => {
    first.answer(modelErrors.CONTENT_POLICY({ provider: 'first' }));
    next = inTurn('second/model');
    await say();
    expect(asked).toHaveLength(1);
  });

  it('goes on to the next when a model does not exist', async () => {
    first.answer(down());
    next = inTurn('nowhere/model', 'second/model');
    const { message } = await say().expectText('ok');
    expect(message.model).toBe('second/model');
  });

  it('tells why even when the tap does not', async () => {
    first.answer(down());
    next = (route) => (route.attempt === 0 ? undefined : { ...route, model: second.modelId });
    const { message } = await say().expectText('ok');
    expect(message.notices).toMatchObject([{ text: expect.stringContaining('could not be reached') }]);
  });

  it('is left when somebody stops the answer while the next model is looked for', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const looking = Promise.withResolvers<undefined>();
    first.answer(down());
    next = async (route) => {
      if (route.attempt === 0) return undefined;
      looking.resolve(undefined);
      await promise;
      return { ...route, model: second.modelId };
    };
    const before = second.requests.length;
    const turn = say();
    await looking.promise;
    const { message } = await turn.stop();
    resolve(undefined);
    expect(message).toMatchObject({ state: 'stopped', model: 'first/model' });
    expect(second.requests).toHaveLength(before);
  });

  it('is left when somebody stops the answer while the next model is silent', async () => {
    const gate = createGate();
    first.answer(down());
    second.answer(gate, ...script`never`);
    next = inTurn('second/model');
    const turn = say();
    await gate.reached;
    const { message, text } = await turn.stop();
    expect(text).toBe('');
    expect(message).toMatchObject({ state: 'stopped', model: 'second/model' });
    expect([first.running(), second.running()]).toEqual([0, 0]);
  });
});

describe('what an answer costs', () => {
  const spend = async (used: (ModelEvent & { type: 'usage' })['usage']) => {
    second.answer({ type: 'usage', usage: used }, ...script`ok`);
    return (await ada.chat('hi', { model: second.modelId })).message.usage;
  };

  it('is kept with its message and told at the end of its run', async () => {
    expect(await spend({ inputTokens: 1_000_000, outputTokens: 100_000, cachedInputTokens: 500_000 })).toMatchObject({
      costUsd: 2.5,
    });
    expect(finished[0]?.usage?.costUsd).toBe(2.5);
  });

  it('is what the provider says, where it does', async () => {
    expect(await spend({ inputTokens: 1, outputTokens: 1, costUsd: 7 })).toMatchObject({ costUsd: 7 });
  });

  it('is not told without prices', async () => {
    third.answer(usage(1), ...script`ok`);
    const { message } = await ada.chat('hi', { model: third.modelId });
    expect(message.usage).toEqual({ inputTokens: 1, outputTokens: 100 });
  });
});
