import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { chatAdmit, chatPrompt, chatStream } from '@parley/plugin-chat/contract';
import chat from '@parley/plugin-chat/server';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import models from '@parley/plugin-models/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { xrayContract } from '@parley/plugin-xray/contract';
import type { Xray } from '@parley/plugin-xray/contract';
import xray from '@parley/plugin-xray/server';
import { script, scriptedModel, startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost, TestPerson } from '@parley/testing';

/** Three plugins that each touch an answer in another way. */
const gate = definePlugin({
  id: 'gate',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatAdmit],
  setup: (ctx) => ctx.on(chatAdmit, () => ({ allow: true })),
});
const brief = definePlugin({
  id: 'brief',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatPrompt],
  setup: (ctx) => ctx.on(chatPrompt, (prompt) => ({ ...prompt, system: 'Be brief.' })),
});
const loud = definePlugin({
  id: 'loud',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatStream],
  setup: (ctx) =>
    ctx.on(chatStream, () => ({
      onPart: (part, emit) => emit(part.type === 'text' ? { ...part, text: part.text.toUpperCase() } : part),
    })),
});
const others = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, models, chat];

/** The X-ray is written after the answer has ended. */
async function xrayOf(person: TestPerson, messageId: string): Promise<Xray> {
  const user = await person;
  for (;;) {
    try {
      return await user.client(xrayContract).get({ messageId });
    } catch (error) {
      if (!isAppError(error, 'XRAY_NOT_FOUND')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

describe('the X-ray of an answer', () => {
  let host: TestHost;
  let admin: TestPerson;
  let shown: Xray;
  beforeAll(async () => {
    host = await startTestHost({
      plugins: [...others, gate, brief, loud, xray],
      model: script`Hello world`,
    });
    admin = host.admin('Grace');
    shown = await xrayOf(admin, (await admin.chat('Hi')).message.id);
  }, 30_000);
  afterAll(() => host.stop());

  it('names every plugin that touched it, in order', () => {
    expect(shown.steps.map((step) => ('pluginId' in step ? step.pluginId : step.model))).toEqual([
      'gate',
      'brief',
      host.model.modelId,
      'loud',
    ]);
  });

  it('says what a plugin changed in the prompt', () => {
    expect(shown.steps.find((step) => step.kind === 'tap' && step.pluginId === 'brief')).toMatchObject({
      hook: 'chat.prompt',
      outcome: 'changed',
      changes: [{ path: 'system', after: 'Be brief.' }],
    });
  });

  it('says what a plugin changed in the stream', () => {
    const step = shown.steps.find((each) => each.kind === 'stream');
    const [sample] = step?.kind === 'stream' ? step.samples : [];
    expect(sample?.after).toBe(sample?.before.toUpperCase());
  });

  it('says how long the model took, and how it ended', () => {
    expect(shown.steps.find((step) => step.kind === 'model')).toMatchObject({
      firstEventMs: expect.any(Number),
      messages: 2,
    });
    expect(shown.state).toBe('completed');
  });

  it('goes with its conversation', async () => {
    const { message, conversationId } = await admin.chat('Hi');
    await xrayOf(admin, message.id);
    const account = await admin;
    await account.client(conversationsContract).remove({ id: conversationId });
    const isGone = async () =>
      account
        .client(xrayContract)
        .get({ messageId: message.id })
        .then(
          () => false,
          (error: unknown) => isAppError(error, 'XRAY_NOT_FOUND'),
        );
    while (!(await isGone())) await new Promise((resolve) => setTimeout(resolve, 20));
  }, 15_000);

  it('is kept from people without the permission, and is not even made for them', async () => {
    const bob = host.user('Bob');
    const messageId = (await bob.chat('Hi')).message.id;
    const look = async (person: TestPerson) => (await person).client(xrayContract).get({ messageId });
    await expect(look(bob)).rejects.toMatchObject({ code: 'HOST_FORBIDDEN' });
    await expect(look(admin)).rejects.toMatchObject({ code: 'XRAY_NOT_FOUND' });
  });
});

describe('the xray plugin', () => {
  it('leaves nothing behind', async () => {
    await testPluginContract(xray, {
      plugins: [...others, scriptedModel({ always: script`Hello` }).plugin],
      exercise: async (host) => {
        await host.admin('Grace').chat('Hi', { model: 'scripted/model' });
      },
    });
  }, 30_000);
});
