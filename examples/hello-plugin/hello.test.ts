import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import { chatContract } from '@parley/plugin-chat/contract';
import chat from '@parley/plugin-chat/server';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { scriptedModel, startTestHost } from '@parley/testing';
import hello from './hello.ts';

describe('the hello plugin', () => {
  it('tells the model to be brief', async () => {
    const model = scriptedModel();
    const plugins = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, chat, model.plugin, hello];
    await using host = await startTestHost({ plugins });
    const ada = (await host.user('Ada')).client(chatContract);
    const { streamId } = await ada.send({
      idempotencyKey: crypto.randomUUID(),
      model: model.modelId,
      parts: [{ type: 'text', text: 'Hello' }],
    });
    for await (const { event } of ada.stream({ streamId })) if (event.type === 'run-end') break;
    expect(model.requests[0]?.messages[0]).toEqual({ role: 'system', parts: [{ type: 'text', text: ' Be brief.' }] });
  });

  it('is at most twelve lines long', () => {
    const lines = readFileSync(join(import.meta.dirname, 'hello.ts'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
  });
});
