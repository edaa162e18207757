import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { credentialsChanged, isAppError, modelErrors } from '@parley/contracts';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import chat from '@parley/plugin-chat/server';
import conversations from '@parley/plugin-conversations/server';
import { eventsContract } from '@parley/plugin-events/contract';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import { modelRoutingContract } from '@parley/plugin-model-routing/contract';
import type { ModelAlias, ModelFallback } from '@parley/plugin-model-routing/contract';
import modelRouting from '@parley/plugin-model-routing/server';
import { modelsContract } from '@parley/plugin-models/contract';
import models from '@parley/plugin-models/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { createFakeClock, createGate, script, scriptedModel, startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestPerson, TestUser } from '@parley/testing';

const clock = createFakeClock(Date.now());
const one = scriptedModel({ key: 'one', info: { name: 'Model One' }, clock });
const two = scriptedModel({ key: 'two', info: { name: 'Model Two' }, clock });
const three = scriptedModel({ key: 'three', info: { name: 'Model Three' }, clock });
const down = () => modelErrors.UNAVAILABLE({ provider: 'x' });
const quota = () => modelErrors.QUOTA({ provider: 'x' });

const core = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, models, chat];
const providers = [one, two, three].map(({ plugin }) => plugin);
let host: TestHost;
let root: TestUser;
let ada: TestPerson;
let eve: TestPerson;

beforeAll(async () => {
  host = await startTestHost({ plugins: [...core, ...providers, modelRouting], clock });
  root = await host.admin('Root');
  [ada, eve] = [host.user('Ada'), host.user('Eve')];
});
afterAll(async () => void (await host.stop()));

const set = async (routes: { items?: ModelAlias[]; fallbacks?: ModelFallback[] }) => {
  const client = root.client(modelRoutingContract);
  const { rev } = await client.list({});
  return client.set({ items: [], fallbacks: [], ...routes, rev });
};
afterEach(async () => {
  // What failed before somebody gave a key is forgotten.
  await host.kernel.hook(credentialsChanged).run({ provider: 'one' }, host.kernel.call());
  await set({});
});

const fast: ModelAlias = { id: 'fast', title: 'Fast', models: ['one/model', 'two/model'] };
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
};
const listFor = async (person: TestPerson) => (await (await person).client(modelsContract).list({})).items;
const noticesOf = ({ message }: { message: { notices?: readonly { text: string }[] | undefined } }) =>
  (message.notices ?? []).map(({ text }) => text);

describe('names and fallbacks', () => {
  it('are told as they were set, with their revision', async () => {
    const saved = await set({ items: [fast], fallbacks: [{ model: 'one/*', instead: ['two/model'] }] });
    expect(await root.client(modelRoutingContract).list({})).toEqual(saved);
  });

  it('are not set over what somebody else has changed meanwhile', async () => {
    const saved = await set({ items: [fast] });
    await set({ items: [] });
    expect(await codeOf(root.client(modelRoutingContract).set(saved))).toBe('MODELS_CHANGED');
  });

  it('have one meaning each, and end at models', async () => {
    const circular = { ...fast, models: ['auto/fast'] };
    expect(await codeOf(set({ items: [fast, fast] }))).toBe('MODEL_ROUTING_TWICE');
    expect(await codeOf(set({ items: [circular] }))).toBe('MODEL_ROUTING_CIRCULAR');
    expect(await codeOf(set({ fallbacks: [{ model: 'one/model', instead: ['auto/fast'] }] }))).toBe(
      'MODEL_ROUTING_CIRCULAR',
    );
  });

  it('make open pages look again', async () => {
    const leaving = new AbortController();
    const stream = (await ada).client(eventsContract).stream({}, { signal: leaving.signal })[Symbol.asyncIterator]();
    const first = stream.next();
    // The stream may be open a moment after the request; each change rings again.
    for (let rung: unknown; rung === undefined; rung = await Promise.race([first, Promise.resolve(undefined)]))
      await set({ items: [fast] });
    expect((await first).value?.event).toMatchObject({ topic: 'models' });
    leaving.abort();
    await stream.return?.().catch(() => undefined);
  });
});

describe('a name for models', () => {
  it('is listed as soon as it is set, and answered by its first model', async () => {
    await set({ items: [fast] });
    expect(await listFor(ada)).toContainEqual(expect.objectContaining({ id: 'auto/fast', name: 'Fast' }));
    const turn = await ada.chat('hi', { model: 'auto/fast' }).expectText('ok');
    expect(turn.message.model).toBe('one/model');
    expect(noticesOf(turn)).toEqual([]);
  });

  it('is answered by the next when the first can not, with the reason', async () => {
    await set({ items: [fast] });
    one.answer(down());
    two.answer(...script`from two`);
    const turn = await ada.chat('hi', { model: 'auto/fast' }).expectText('from two');
    expect(turn.message.model).toBe('two/model');
    expect(noticesOf(turn)).toEqual(['Model One can not be reached now; Model Two is asked instead.']);
  });

  it('passes over models that the person may not use, without a word', async () => {
    await set({ items: [{ ...fast, models: ['gone/model', 'one/model', 'two/model'] }] });
    await root.client(modelsContract).setRule({ model: 'one/model', rule: { roles: ['staff'] } });
    const turn = await ada.chat('hi', { model: 'auto/fast' }).expectText('ok');
    await root.client(modelsContract).setRule({ model: 'one/model', rule: null });
    expect(turn.message.model).toBe('two/model');
    expect(noticesOf(turn)).toEqual([]);
  });

  it('is for those with its roles', async () => {
    await set({ items: [{ ...fast, roles: ['staff'] }] });
    const shown = (await listFor(ada)).find(({ id }) => id === 'auto/fast');
    expect(shown?.unavailable).toContain('some people only');
    expect(await codeOf(ada.chat('hi', { model: 'auto/fast' }))).toBe('MODELS_NOT_ALLOWED');
  });

  it('says so when none of its models is there', async () => {
    await set({ items: [{ ...fast, models: ['gone/model'] }] });
    const { message } = await ada.chat('hi', { model: 'auto/fast' });
    expect(message).toMatchObject({ state: 'failed', error: { code: 'MODEL_ROUTING_NONE' } });
    expect(message.error?.detail).toContain('gone/model');
  });
});

describe('a fallback', () => {
  const say = (person: TestPerson = ada) => person.chat('hi', { model: 'one/model' });

  it('answers in place of a model that can not', async () => {
    await set({ fallbacks: [{ model: 'one/model', instead: ['two/model', 'three/model'] }] });
    one.answer(down());
    two.answer(quota());
    const turn = await say().expectText('ok');
    expect(turn.message.model).toBe('three/model');
    expect(noticesOf(turn)).toEqual(['Model Two has no quota left; Model Three is asked instead.']);
  });

  it('of a model counts before that of its provider', async () => {
    await set({
      fallbacks: [
        { model: 'one/*', instead: ['two/model'] },
        { model: 'one/model', instead: ['three/model'] },
      ],
    });
    one.answer(down());
    expect((await say()).message.model).toBe('three/model');
  });

  it('of a provider is for all of its models', async () => {
    await set({ fallbacks: [{ model: 'one/*', instead: ['two/model'] }] });
    one.answer(modelErrors.TIMEOUT({ provider: 'x', timeoutMs: 1 }));
    const turn = await say();
    expect(turn.message.model).toBe('two/model');
    expect(noticesOf(turn)[0]).toContain('did not answer in time');
  });

  it('is left out where there is none', async () => {
    one.answer(down());
    expect((await say()).message).toMatchObject({ state: 'failed', error: { code: 'MODEL_UNAVAILABLE' } });
  });

  it('is asked at once for some seconds after an outage, by everybody, and the model again after that', async () => {
    await set({ fallbacks: [{ model: 'one/model', instead: ['two/model'] }] });
    one.answer(down());
    await say();
    const asked = one.requests.length;
    const during = await say(eve);
    expect([during.message.model, one.requests.length]).toEqual(['two/model', asked]);
    expect(noticesOf(during)).toEqual(['Model One can not be reached now; Model Two is asked instead.']);
    clock.advance(15_000);
    const after = await say(eve);
    expect([after.message.model, noticesOf(after)]).toEqual(['one/model', []]);
  });

  it('is asked at once for who has no quota left, and for nobody else', async () => {
    await set({ fallbacks: [{ model: 'one/model', instead: ['two/model'] }] });
    one.answer(quota());
    await say(ada);
    expect((await say(ada)).message.model).toBe('two/model');
    expect((await say(eve)).message.model).toBe('one/model');
  });

  it('is not kept from trying when everybody failed a moment ago', async () => {
    await set({ fallbacks: [{ model: 'one/model', instead: ['two/model'] }] });
    one.answer(down());
    two.answer(down());
    expect((await say()).message.state).toBe('failed');
    expect((await say()).message).toMatchObject({ state: 'complete', model: 'one/model' });
  });

  it('leaves nothing open when somebody stops the answer half-way', async () => {
    await set({ fallbacks: [{ model: 'one/model', instead: ['two/model'] }] });
    const gate = createGate();
    one.answer(down());
    two.answer(gate, ...script`never`);
    const turn = say();
    await gate.reached;
    expect((await turn.stop()).message).toMatchObject({ state: 'stopped', model: 'two/model' });
    expect([one.running(), two.running()]).toEqual([0, 0]);
  });
});

describe('the plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(modelRouting, { plugins: core });
  });
});
