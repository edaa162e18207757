import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, ownedRecords, pathParameters, routePath, toHttpRequest } from '@parley/contracts';
import type { AnyOperation, Contract, OwnedRecords } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { identityContract } from '@parley/plugin-identity/contract';
import { notesContract } from '@parley/plugin-notes/contract';
import { script, startTestHost } from '@parley/testing';
import type { TestUser } from '@parley/testing';
import * as z from 'zod';
import { SHIPPED } from '../composition/shipped.ts';
import { inputOf } from '../fixtures/sample-of.ts';

/** Parameters that name no record of somebody, and ids that a caller makes up for what does not exist yet. */
const NO_RECORDS = new Set(['pluginId', 'provider', 'idempotencyKey', 'newConversationId']);
/** Operations whose purpose is to reach somebody else; their access is a permission. */
const ADMINISTRATIVE = new Set(['privacy.eraseUser']);

type Input = Readonly<Record<string, unknown>>;
interface Route {
  readonly label: string;
  readonly contract: Contract;
  readonly operation: AnyOperation;
  /** Fields of the input that name a record. */
  readonly ids: readonly string[];
  readonly pathIds: readonly string[];
  /** The rest of the input, where a sample of each field would not fit together. */
  readonly rest?: () => Input;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, { readonly format?: string }>>;
}
function toRoute(contract: Contract, name: string, operation: AnyOperation): Route {
  const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const uuids = Object.keys(properties).filter((field) => properties[field]?.format === 'uuid');
  const parameters = pathParameters(routePath(contract, operation));
  const ids = [...new Set([...parameters, ...uuids])].filter((field) => !NO_RECORDS.has(field));
  return {
    label: `${contract.id}.${name}`,
    contract,
    operation,
    ids,
    pathIds: parameters.filter((field) => ids.includes(field)),
  };
}

/** A message is new or an answer tried again, each with ids of its own; `messageId` is one that the caller makes up. */
const sends = (route: Route): readonly Route[] => {
  const common = () => ({ idempotencyKey: newId(), model: host.model.modelId });
  return [
    {
      ...route,
      label: 'chat.send of a message',
      ids: route.ids.filter((field) => field !== 'retryOf' && field !== 'messageId'),
      rest: () => ({ ...common(), parts: [{ type: 'text', text: 'Hi' }] }),
    },
    {
      ...route,
      label: 'chat.send again',
      ids: route.ids.filter((field) => field !== 'parentId' && field !== 'messageId'),
      rest: common,
    },
  ];
};

/** What every plugin that ships serves, asked of a running host: routes are registered when plugins start. */
let records: OwnedRecords;
const probe = definePlugin({
  id: 'probe',
  version: '1.0.0',
  kernel: '^1.0.0',
  requires: { records: ownedRecords },
  setup: (_ctx, deps) => void (records = deps.records),
});
const host = await startTestHost({ plugins: [probe], shipped: true, model: script`An answer` });
const routes = host.kernel
  .contracts()
  .flatMap(({ contract }) =>
    Object.entries(contract.operations).map(([name, operation]) => toRoute(contract, name, operation)),
  )
  .filter(({ ids }) => ids.length > 0)
  .flatMap((route): readonly Route[] => (route.label === 'chat.send' ? sends(route) : [route]));

let ada: TestUser;
let ben: TestUser;
let root: TestUser;
/** Ada's ids by the name that a route gives them; `id` by the route's contract. */
let known: Readonly<Record<string, string>>;
let otherConversationId: string;

beforeAll(async () => {
  root = await host.admin('root');
  ben = await host.user('ben');
  await host.user('ada').chat('Hello').expectText('An answer');
  ada = await host.user('ada');
  const conversations = ada.client(conversationsContract);
  const [first] = (await conversations.list({})).items;
  const conversationId = first?.id ?? '';
  await host.user('ada').chat('Another').expectText('An answer');
  otherConversationId = (await conversations.list({})).items.find(({ id }) => id !== conversationId)?.id ?? '';
  const [question, answer] = (await conversations.messages({ conversationId })).items;
  const note = await ada.client(notesContract).create({ conversationId, text: 'mine' });
  const session = (await ada.client(identityContract).sessions({})).items[0];
  const runId = answer?.runId ?? '';
  known = {
    conversationId,
    parentId: question?.id ?? '',
    messageId: answer?.id ?? '',
    userMessageId: question?.id ?? '',
    retryOf: answer?.id ?? '',
    editOf: question?.id ?? '',
    leafId: answer?.id ?? '',
    runId,
    streamId: runId,
    userId: ada.user.id,
    'conversations.id': conversationId,
    'notes.id': note.id,
    'identity.id': session?.id ?? '',
  };
});
afterAll(() => host.stop());

const idOf = ({ contract }: Route, field: string): string | undefined =>
  known[`${contract.id}.${field}`] ?? known[field];

async function ask(user: TestUser, { contract, operation }: Route, input: Input) {
  const { url, ...init } = toHttpRequest(contract, operation, input);
  const response = await user.request(url, init);
  const { requestId: _requestId, ...body } = (await response.json().catch(() => ({}))) as Input;
  let text = JSON.stringify(body);
  for (const [index, value] of Object.values(input).entries()) {
    if (typeof value === 'string' && value.length === 36) text = text.replaceAll(value, `<id ${index}>`);
  }
  return { status: response.status, text };
}

/** All that Ada has, as text. */
async function allOf(user: TestUser): Promise<string> {
  const batches: unknown[] = [];
  for await (const batch of records.stream({ tenantId: user.user.tenantId, ownerId: user.user.id }))
    batches.push(batch);
  return JSON.stringify(batches);
}

const restOf = ({ operation, rest }: Route): Input => rest?.() ?? inputOf(operation.input);
const foreign = (route: Route): Input => ({
  ...restOf(route),
  ...Object.fromEntries(route.ids.map((field) => [field, idOf(route, field)])),
});
const missing = (route: Route): Input => ({
  ...foreign(route),
  ...Object.fromEntries(route.ids.map((field) => [field, newId()])),
});

describe.each(routes)('$label, asked with the ids of somebody else', (route) => {
  it('knows whose ids its parameters are', () => {
    expect(route.ids.filter((field) => idOf(route, field) === undefined)).toEqual([]);
  });

  it.each(['ben', 'root'] as const)('answers %s as if there were none, and changes nothing', async (who) => {
    if (who === 'root' && ADMINISTRATIVE.has(route.label)) return;
    const user = who === 'ben' ? ben : root;
    const before = await allOf(ada);
    const answer = await ask(user, route, foreign(route));
    expect(answer).toEqual(await ask(user, route, missing(route)));
    if (route.pathIds.length > 0) expect([403, 404]).toContain(answer.status);
    expect(await allOf(ada)).toBe(before);
  });
});

const children = routes.filter(({ ids }) => ids.includes('conversationId') && ids.length > 1);
it.each(children)('$label does not find a child of another conversation', async (route) => {
  const before = await allOf(ada);
  for (const child of route.ids.filter((field) => field !== 'conversationId')) {
    const input = {
      ...restOf(route),
      conversationId: otherConversationId,
      [child]: idOf(route, child),
    };
    expect([child, (await ask(ada, route, input)).status]).toEqual([child, 404]);
  }
  expect(await allOf(ada)).toBe(before);
});

it('tries the routes of every plugin that ships', () => {
  const mounted = new Set(host.kernel.contracts().map(({ pluginId }) => pluginId));
  expect(routes.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['conversations.get', 'notes.remove', 'chat.stream', 'identity.revokeSession', 'xray.get']),
  );
  for (const name of ['conversations', 'notes', 'chat', 'identity', 'xray', 'privacy']) {
    expect(Object.keys(SHIPPED)).toContain(name);
    expect(mounted).toContain(name);
  }
  expect(children.length).toBeGreaterThan(0);
});
