import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isAppError, modelErrors, newId } from '@parley/contracts';
import type { Message, ModelEvent, Part, Run, RunEvent } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { chatAdmit, chatContract, chatPrompt, chatStream, runFinished } from '@parley/plugin-chat/contract';
import type { SendMessage } from '@parley/plugin-chat/contract';
import chat from '@parley/plugin-chat/server';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import { modelsContract } from '@parley/plugin-models/contract';
import models from '@parley/plugin-models/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { createGate, scriptedModel, startTestHost } from '@parley/testing';
import type { TestHost, TestSession, TestUser } from '@parley/testing';

const model = scriptedModel();
const finished: Run[] = [];

/** Refuses the word "forbidden", asks for brevity, and shouts what is said after the word "loud". */
const taps = definePlugin({
  id: 'taps',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatAdmit, chatPrompt, chatStream, runFinished],
  setup(ctx) {
    ctx.on(chatAdmit, ({ parts }) =>
      JSON.stringify(parts).includes('forbidden')
        ? { allow: false, code: 'WORD', message: 'That word is not allowed here' }
        : { allow: true },
    );
    ctx.on(chatPrompt, (prompt) => ({ ...prompt, system: 'Be brief.' }));
    ctx.on(chatStream, () => ({
      onPart: (part, emit) =>
        emit(part.type === 'text' && part.text.startsWith('loud') ? { ...part, text: part.text.toUpperCase() } : part),
    }));
    ctx.on(runFinished, ({ run }) => void finished.push(run));
  },
});

let host: TestHost;
let ann: TestUser;
let ben: TestUser;

beforeAll(async () => {
  host = await startTestHost({
    plugins: [storageSqlite, cacheMemory, identity, authLocal, events, conversations, models, chat, model.plugin, taps],
    config: { chat: { maxRunEvents: 40 } },
  });
  [ann, ben] = [await host.user('Ann'), await host.user('Ben')];
});
afterAll(async () => void (await host.stop()));
beforeEach(() => void finished.splice(0));

const piece = (words: string): ModelEvent => ({ type: 'text', text: words });
const text = (words: string): Part => ({ type: 'text', text: words });
const say = (words: string, fields: Partial<SendMessage> = {}) => ({
  idempotencyKey: newId(),
  parts: [text(words)],
  model: model.modelId,
  ...fields,
});
const send = (fields: Parameters<typeof say>[1] = {}, words = 'Hi') =>
  ann.client(chatContract).send(say(words, fields));
const readEvents = async (streamId: string, as: TestSession = ann): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const { event } of as.client(chatContract).stream({ streamId })) seen.push(event);
  return seen;
};
const messagesOf = async (conversationId: string): Promise<readonly Message[]> =>
  (await ann.client(conversationsContract).messages({ conversationId })).items;
const answerOf = async ({ conversationId, messageId }: { conversationId: string; messageId: string }) =>
  (await messagesOf(conversationId)).find((message) => message.id === messageId);
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isAppError(error) ? `${error.status} ${error.code}` : String(error);
  }
};
/** The states `run.finished` told of this run, once it has told any. */
const finishedOnce = async (runId: string) => {
  const told = () => finished.filter((run) => run.id === runId).map((run) => run.state);
  for (let tries = 0; tries < 200 && told().length === 0; tries += 1) await new Promise((done) => setTimeout(done, 10));
  return told();
};

describe('sending', () => {
  it('saves the prompt, streams the answer and saves what was streamed', async () => {
    const usage = { inputTokens: 3, outputTokens: 2 };
    model.answer({ type: 'reasoning', text: 'hm' }, { type: 'text', text: 'Hello ' }, piece('Ann'), {
      type: 'usage',
      usage,
    });
    const receipt = await send({}, 'Hi there\nsecond line');
    const seen = await readEvents(receipt.streamId);
    expect([seen[0]?.type, seen.at(-1)]).toEqual(['run-start', expect.objectContaining({ type: 'run-end', usage })]);
    const { title } = await ann.client(conversationsContract).get({ id: receipt.conversationId });
    expect(title).toBe('Hi there');
    const [prompt, answer] = await messagesOf(receipt.conversationId);
    expect(prompt).toMatchObject({ id: receipt.userMessageId, role: 'user', state: 'complete' });
    expect(answer).toMatchObject({
      id: receipt.messageId,
      parentId: receipt.userMessageId,
      state: 'complete',
      parts: [{ type: 'reasoning', text: 'hm' }, text('Hello Ann')],
      usage,
    });
    expect(await finishedOnce(receipt.runId)).toEqual(['completed']);
  });

  it('makes one run of fifty identical requests', async () => {
    const request = say('Once');
    const before = model.requests.length;
    const client = ann.client(chatContract);
    const receipts = await Promise.all(Array.from({ length: 50 }, () => client.send(request)));
    await readEvents(receipts[0]?.streamId ?? '');
    expect(new Set(receipts.map((receipt) => receipt.runId)).size).toBe(1);
    expect(receipts.filter((receipt) => !receipt.replayed)).toHaveLength(1);
    expect(model.requests.length - before).toBe(1);
    expect(await messagesOf(receipts[0]?.conversationId ?? '')).toHaveLength(2);
  });

  it('refuses a key that was used with another body', async () => {
    const request = say('First');
    await ann.client(chatContract).send(request);
    const other = ann.client(chatContract).send({ ...request, parts: [text('Second')] });
    expect(await codeOf(other)).toBe('422 CHAT_KEY_REUSED');
  });

  it('lets two people use the same key', async () => {
    const request = say('Mine');
    const mine = await ann.client(chatContract).send(request);
    const theirs = await ben.client(chatContract).send(request);
    expect(theirs.runId).not.toBe(mine.runId);
  });

  it('names the known models when the wanted one does not exist', async () => {
    for (const wanted of ['scripted/none', 'nobody/model', 'model']) {
      const refused = send({ model: wanted });
      await expect(refused).rejects.toMatchObject({ code: 'MODELS_UNKNOWN', status: 422 });
      await expect(refused).rejects.toThrow('scripted/model');
    }
  });

  it.each([
    ['neither parts nor retryOf', { parts: undefined }],
    ['parts and retryOf', { retryOf: newId(), conversationId: newId() }],
    ['a parent without its conversation', { parentId: newId() }],
    ['a key that is no UUID', { idempotencyKey: 'again' }],
  ])('refuses a request with %s', async (_what, fields) => {
    expect(await codeOf(ann.client(chatContract).send(say('Hi', fields as never)))).toMatch(/^400 /);
  });

  it('saves nothing that a gate refuses', async () => {
    const newConversationId = newId();
    expect(await codeOf(send({ newConversationId }, 'forbidden'))).toBe('403 CHAT_NOT_ADMITTED');
    expect(await codeOf(messagesOf(newConversationId))).toBe('404 CONVERSATIONS_NOT_FOUND');
  });

  it('shows the branch, shaped by the taps, to the model', async () => {
    const first = await send({}, 'One');
    await readEvents(first.streamId);
    const { conversationId, messageId: parentId } = first;
    const second = await send({ conversationId, parentId, parameters: { temperature: 0 } }, 'Two');
    await readEvents(second.streamId);
    const { messages, parameters } = model.requests.at(-1) ?? {};
    expect(messages?.map(({ role, parts }) => [role, parts])).toEqual([
      ['system', [text('Be brief.')]],
      ['user', [text('One')]],
      ['assistant', [text('ok')]],
      ['user', [text('Two')]],
    ]);
    expect(parameters).toEqual({ temperature: 0 });
  });

  it('streams and saves what the taps make of the answer', async () => {
    model.answer({ type: 'text', text: 'loud' });
    const receipt = await send();
    await readEvents(receipt.streamId);
    expect((await answerOf(receipt))?.parts).toEqual([text('LOUD')]);
  });
});

describe('branches', () => {
  it('has one running answer each, and names it to whoever sends again', async () => {
    const gate = createGate();
    model.answer(gate, piece('done'));
    const running = await send();
    const { conversationId, messageId: parentId, runId } = running;
    await expect(send({ conversationId, parentId })).rejects.toMatchObject({
      code: 'CHAT_RUN_ACTIVE',
      details: { runId },
    });
    await expect(send({ conversationId })).rejects.toMatchObject({ code: 'CHAT_RUN_ACTIVE', details: { runId } });
    await expect(send({ conversationId, parts: undefined, retryOf: parentId })).rejects.toMatchObject({
      details: { runId },
    });
    gate.open();
    await readEvents(running.streamId);
    await expect(send({ conversationId, parentId })).resolves.toMatchObject({ replayed: false });
  });

  it('takes one of many messages sent to a branch at once', async () => {
    const first = await send();
    await readEvents(first.streamId);
    const gate = createGate();
    model.answer(gate);
    const { conversationId, messageId: parentId } = first;
    const results = await Promise.all(Array.from({ length: 10 }, () => codeOf(send({ conversationId, parentId }))));
    gate.open();
    expect(results.toSorted()).toEqual([...Array.from({ length: 9 }, () => '409 CHAT_RUN_ACTIVE'), 'none']);
  });

  it('answers a prompt again beside the first answer', async () => {
    const first = await send();
    await readEvents(first.streamId);
    const { conversationId } = first;
    const again = await send({ conversationId, parts: undefined, retryOf: first.messageId });
    await readEvents(again.streamId);
    expect(again.userMessageId).toBe(first.userMessageId);
    const answers = (await messagesOf(conversationId)).filter((message) => message.role === 'assistant');
    expect(answers.map((answer) => answer.parentId)).toEqual([first.userMessageId, first.userMessageId]);
  });

  it('repeats with what an answer was asked, unless the retry says otherwise', async () => {
    const first = await send({ parameters: { temperature: 0.2 }, builtInTools: ['web-search'] });
    await readEvents(first.streamId);
    const { conversationId, messageId: retryOf } = first;
    const again = await send({ conversationId, parts: undefined, retryOf });
    await readEvents(again.streamId);
    const otherwise = await send({ conversationId, parts: undefined, retryOf, parameters: {}, builtInTools: [] });
    await readEvents(otherwise.streamId);
    const asked = model.requests.slice(-3).map(({ parameters, builtInTools }) => [parameters, builtInTools]);
    const same = [{ temperature: 0.2 }, ['web-search']];
    expect(asked).toEqual([same, same, [{}, undefined]]);
  });

  it('lists running answers only while they run', async () => {
    const gate = createGate();
    model.answer(gate);
    const { conversationId, runId, streamId } = await send();
    const list = async () => (await ann.client(chatContract).activeRuns({ conversationId })).items.map((run) => run.id);
    expect(await list()).toEqual([runId]);
    gate.open();
    await readEvents(streamId);
    expect(await list()).toEqual([]);
  });
});

describe('failures', () => {
  it('keeps what was said before the provider failed, and says why', async () => {
    model.answer(piece('half an ans'), modelErrors.RATE_LIMIT({ provider: 'scripted', retryAfterSeconds: 3 }));
    const receipt = await send();
    const seen = await readEvents(receipt.streamId);
    expect(seen.at(-1)).toMatchObject({ state: 'failed', error: { code: 'MODEL_RATE_LIMIT', status: 429 } });
    const answer = await answerOf(receipt);
    expect(answer).toMatchObject({
      state: 'failed',
      parts: [text('half an ans')],
      error: { code: 'MODEL_RATE_LIMIT' },
    });
    expect(await finishedOnce(receipt.runId)).toEqual(['failed']);
  });

  it('tells nobody what an unexpected error said', async () => {
    model.answer(new Error('secret of the provider'));
    const receipt = await send();
    const seen = JSON.stringify(await readEvents(receipt.streamId));
    expect(seen).toContain('MODEL_UNAVAILABLE');
    expect(seen).not.toContain('secret');
  });

  it('ends an answer that grows beyond the limit and keeps it', async () => {
    const parts = Array.from({ length: 60 }, () => ({
      type: 'part' as const,
      part: { type: 'citation', title: 'x' } as Part,
    }));
    model.answer(...parts);
    const receipt = await send();
    expect((await readEvents(receipt.streamId)).at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'CHAT_LIMIT' },
    });
    expect((await answerOf(receipt))?.parts.length).toBeGreaterThan(10);
  });

  it('keeps what the person was told about an answer, and where', async () => {
    const notice = { level: 'warning' as const, text: 'A picture was left out.' };
    model.answer(piece('One'), { type: 'notice', ...notice }, piece('Two'));
    const receipt = await send();
    await readEvents(receipt.streamId);
    expect((await answerOf(receipt))?.notices).toEqual([{ ...notice, place: 1 }]);
  });

  it('leaves out parts of an unknown shape', async () => {
    model.answer({ type: 'part', part: { type: 'nonsense' } as never }, piece('fine'));
    const receipt = await send();
    await readEvents(receipt.streamId);
    expect((await answerOf(receipt))?.parts).toEqual([text('fine')]);
  });

  it('ends the run of a conversation that is deleted', async () => {
    model.answer(createGate());
    const { conversationId, runId } = await send();
    await ann.client(conversationsContract).remove({ id: conversationId });
    expect(await codeOf(ann.client(chatContract).run({ runId }))).toBe('404 CHAT_RUN_NOT_FOUND');
    expect(model.running()).toBe(0);
  });
});

describe('access', () => {
  it('asks everybody to sign in', async () => {
    const nobody = host.session().client(chatContract);
    expect(await codeOf(nobody.send(say('Hi')))).toMatch(/^401 /);
    expect(await codeOf(host.session().client(modelsContract).list({}))).toMatch(/^401 /);
    expect(await codeOf(readEvents(newId(), host.session()))).toMatch(/^401 /);
  });

  it('does not show, stop or continue the answers of others', async () => {
    const { streamId, runId, conversationId, messageId } = await send();
    const stranger = ben.client(chatContract);
    expect(await codeOf(readEvents(streamId, ben))).toBe('404 CHAT_RUN_NOT_FOUND');
    expect(await codeOf(stranger.run({ runId }))).toBe('404 CHAT_RUN_NOT_FOUND');
    expect(await codeOf(stranger.abort({ runId }))).toBe('404 CHAT_RUN_NOT_FOUND');
    expect((await stranger.activeRuns({ conversationId })).items).toEqual([]);
    const intrusion = stranger.send(say('Hi', { conversationId, parentId: messageId }));
    expect(await codeOf(intrusion)).toBe('404 CONVERSATIONS_NOT_FOUND');
  });
});

describe('models', () => {
  it('lists what can be picked, with a default', async () => {
    const { items, default: picked } = await ann.client(modelsContract).list({});
    expect(items).toMatchObject([
      { id: 'scripted/model', provider: 'scripted', providerTitle: 'Scripted', demo: false },
    ]);
    expect(picked).toBe('scripted/model');
  });
});
