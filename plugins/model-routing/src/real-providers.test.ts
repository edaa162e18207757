import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentialsChanged } from '@parley/contracts';
import authLocal from '@parley/plugin-auth-local/server';
import cacheMemory from '@parley/plugin-cache-memory/server';
import chat from '@parley/plugin-chat/server';
import conversations from '@parley/plugin-conversations/server';
import events from '@parley/plugin-events/server';
import identity from '@parley/plugin-identity/server';
import { modelRoutingContract } from '@parley/plugin-model-routing/contract';
import modelRouting from '@parley/plugin-model-routing/server';
import { modelsContract } from '@parley/plugin-models/contract';
import models from '@parley/plugin-models/server';
import providerAnthropic from '@parley/plugin-provider-anthropic/server';
import providerOpenai from '@parley/plugin-provider-openai/server';
import storageSqlite from '@parley/plugin-storage-sqlite/server';
import { startFaultProxy, startTestHost } from '@parley/testing';
import type { FaultProxy, TestHost } from '@parley/testing';

/** What the first provider answers to a request for an answer. */
let refusal: { readonly status: number; readonly error: object } = { status: 503, error: {} };

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const refuse = (_request: IncomingMessage, response: ServerResponse): void => {
  json(response, refusal.status, { error: refusal.error });
};

const frame = (type: string, data: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const usage = { input_tokens: 1_000, output_tokens: 1 };
const ANSWER = [
  frame('message_start', { message: { id: 'm', type: 'message', role: 'assistant', content: [], usage } }),
  frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'From the other one' } }),
  frame('content_block_stop', { index: 0 }),
  frame('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 100 } }),
  frame('message_stop'),
].join('');

const speak = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER);
};

const servers: Server[] = [];
const serve = async (listener: typeof speak): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

let host: TestHost;
let wire: FaultProxy;
const PICKED = 'openai/picked';

beforeAll(async () => {
  wire = await startFaultProxy(await serve(refuse));
  const other = await serve(speak);
  const core = [storageSqlite, cacheMemory, identity, authLocal, events, conversations, models, chat];
  host = await startTestHost({
    plugins: [...core, modelRouting, providerOpenai, providerAnthropic],
    config: {
      'provider-openai': {
        baseUrl: `${wire.url}/v1`,
        apiKey: 'sk-a',
        models: ['picked'],
        maxRetries: 0,
        firstByteTimeoutMs: 500,
      },
      'provider-anthropic': { baseUrl: other, apiKey: 'sk-b', models: ['other'] },
    },
  });
  const root = await host.admin('Root');
  await root.client(modelRoutingContract).set({
    items: [],
    fallbacks: [{ model: PICKED, instead: ['anthropic/other'] }],
    rev: 0,
  });
  await root.client(modelsContract).setRule({
    model: 'anthropic/other',
    rule: { name: 'The other', inputUsdPerMillion: 3, outputUsdPerMillion: 15 },
  });
});
afterAll(async () => {
  await host.stop();
  await wire.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** What becomes of a message when the first provider fails as it is set to. */
const say = async () => {
  await host.kernel.hook(credentialsChanged).run({ provider: 'openai' }, host.kernel.call());
  const { message } = await host.user('Ada').chat('hi', { model: PICKED }).expectText('From the other one');
  return { model: message.model, notices: message.notices?.map(({ text }) => text), usage: message.usage };
};

describe('a provider that can not answer, through its real SDK', () => {
  it('is replaced when it is overloaded', async () => {
    refusal = { status: 503, error: { message: 'Overloaded' } };
    const { model, notices, usage: used } = await say();
    expect(model).toBe('anthropic/other');
    expect(notices).toEqual(['picked can not be reached now; The other is asked instead.']);
    expect(used).toMatchObject({ inputTokens: 1_000, outputTokens: 100, costUsd: 0.0045 });
  });

  it('is replaced when it asks to slow down', async () => {
    refusal = { status: 429, error: { message: 'Slow down', code: 'rate_limit_exceeded' } };
    expect((await say()).notices).toEqual(['picked is asked too often now; The other is asked instead.']);
  });

  it('is replaced when the account has no quota left', async () => {
    refusal = { status: 429, error: { message: 'No quota', code: 'insufficient_quota', type: 'insufficient_quota' } };
    expect((await say()).notices).toEqual(['picked has no quota left; The other is asked instead.']);
  });

  it('is replaced when it refuses the key', async () => {
    refusal = { status: 401, error: { message: 'Bad key', code: 'invalid_api_key' } };
    expect((await say()).notices).toEqual(['picked does not take the key; The other is asked instead.']);
  });

  it('is replaced when nobody listens there', async () => {
    wire.set({ refuse: true });
    expect((await say()).model).toBe('anthropic/other');
    wire.set({});
  });

  it('is replaced when it stays silent, and not waited for again', async () => {
    wire.set({ silent: true });
    expect((await say()).notices?.[0]).toContain('did not answer in time');
    // Were it asked again, it could not be reached.
    wire.set({ refuse: true });
    const { message } = await host.user('Ada').chat('hi', { model: PICKED }).expectText('From the other one');
    expect(message.notices?.[0]?.text).toContain('did not answer in time');
    wire.set({});
  });

  it('is not replaced for what another would refuse too', async () => {
    await host.kernel.hook(credentialsChanged).run({ provider: 'openai' }, host.kernel.call());
    refusal = { status: 400, error: { message: 'No such parameter', code: 'unknown_parameter' } };
    const { message } = await host.user('Ada').chat('hi', { model: PICKED });
    expect(message).toMatchObject({ state: 'failed', model: PICKED, error: { code: 'MODEL_BAD_REQUEST' } });
  });
});
