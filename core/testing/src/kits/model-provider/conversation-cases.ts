import assert from 'node:assert/strict';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent, ModelRequest, Part } from '@parley/contracts';
import { expectCode } from '../expect-code.ts';
import { skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import { collect, gather, receivedBy, signal, textOf, toRequest } from './subject.ts';
import type { ModelProviderSubject } from './subject.ts';

type Case = KitCase<ModelProviderSubject>;

const FOREIGN = 'kit-foreign-signature';
const callsOf = (events: readonly ModelEvent[]) =>
  events.flatMap((event) => (event.type === 'tool-call' ? [{ name: event.name, input: event.input }] : []));

/** The parts of an answer, as a conversation keeps them; every tool gave `output`. */
function toParts(events: readonly ModelEvent[], output: unknown): Part[] {
  const parts: Part[] = [];
  for (const event of events) {
    if (event.type === 'tool-call') {
      const { callId, name, input, opaque } = event;
      parts.push({ type: 'tool-call', callId, name, input, status: 'done', output, ...(opaque ? { opaque } : {}) });
    } else if (event.type === 'text' || event.type === 'reasoning') {
      const { type, text, opaque } = event;
      const last = parts.at(-1);
      const before = last?.type === type && 'text' in last && last.opaque === undefined ? parts.pop() : undefined;
      const said = before && 'text' in before ? before.text : '';
      parts.push({ type, text: said + text, ...(opaque ? { opaque } : {}) } as Part);
    } else if (event.type === 'part') parts.push(event.part);
  }
  return parts;
}

const callsTools: Case = {
  name: 'gives every call of several tools whole, and finishes with tool-calls',
  run: async (subject) => {
    const turn = subject.turns.tools;
    if (turn === undefined) skip('no model that calls tools');
    const events = await gather(subject, { ...toRequest(turn), tools: turn.tools });
    assert.deepEqual(callsOf(events), turn.calls);
    const ids = events.flatMap((event) => (event.type === 'tool-call' ? [event.callId] : []));
    assert.equal(new Set(ids).size, ids.length, 'each call has an id of its own');
    assert.ok(ids.every((id) => id !== ''));
    const last = events.at(-1);
    assert.ok(last?.type === 'finish' && last.reason === 'tool-calls', 'finished with tool-calls');
  },
};

const severalRounds: Case = {
  name: 'gives thoughts, calls and results back to the model over several rounds',
  run: async (subject) => {
    const turn = subject.turns.rounds;
    if (turn === undefined) skip('no model that thinks and calls tools');
    const first = toRequest(turn);
    const asked = await gather(subject, { ...first, tools: turn.tools });
    assert.ok(callsOf(asked).length > 0, 'the model called a tool');
    const answer = { role: 'assistant' as const, parts: toParts(asked, { kit: 'the result of the tool' }) };
    const events = await gather(subject, { ...first, tools: turn.tools, messages: [...first.messages, answer] });
    assert.equal(textOf(events), turn.text);
    const received = receivedBy(subject);
    assert.ok(received.includes('the result of the tool'), 'the result came back');
    if (turn.marker !== undefined) assert.ok(received.includes(turn.marker), `${turn.marker} came back`);
  },
};

const foreignHistory: Case = {
  name: 'takes a conversation that other providers have led',
  run: async (subject) => {
    const { plain } = subject.turns;
    const opaque = { family: 'kit-other', data: { signature: FOREIGN } };
    const history: ModelRequest['messages'] = [
      { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Before' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Elsewhere I thought', opaque },
          { type: 'text', text: 'Let me look.' },
          {
            type: 'tool-call',
            callId: 'call:of/another provider+1',
            name: 'kit_tool',
            input: { a: 1 },
            status: 'done',
            output: { b: 2 },
            opaque,
          },
          { type: 'tool-call', callId: 'never-ended', name: 'kit_tool', input: {}, status: 'unknown' },
          { type: 'text', text: 'Found.', opaque },
          { type: 'citation', title: 'A source', url: 'https://example.org/' },
          { type: 'artifact', artifactId: 'a', title: 'Page', mime: 'text/html', content: '<p>kit</p>' },
          { type: 'x.kit.part', data: { any: 'thing' } },
        ],
      },
    ];
    const request = toRequest(plain);
    const events = await gather(subject, { ...request, messages: [...history, ...request.messages] });
    assert.equal(textOf(events), plain.text);
    if (subject.received)
      assert.ok(!receivedBy(subject).includes(FOREIGN), 'what only another provider reads stays here');
  },
};

const structured: Case = {
  name: 'answers as JSON that fits the schema asked for',
  run: async (subject) => {
    const turn = subject.turns.structured;
    if (turn === undefined) skip('no model with structured output');
    const { schema } = turn;
    const events = await gather(subject, { ...toRequest(turn), responseFormat: { name: 'kit', schema } });
    assert.deepEqual(JSON.parse(textOf(events)), JSON.parse(turn.text ?? ''));
    assert.ok(receivedBy(subject).includes('kit_field'), 'the schema reached the model');
  },
};

const countsUsage: Case = {
  name: 'counts tokens that came from a cache, and those of thoughts, as parts of the whole',
  run: async (subject) => {
    const turn = subject.turns.usage;
    if (turn === undefined) skip('no turn whose usage is known');
    const usages = (await collect(subject, turn)).flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
    assert.deepEqual(usages, [turn.usage]);
  },
};

const oddStream: Case = {
  name: 'takes no harm from events it does not know, comments, empty and repeated ones',
  fault: 'duplicate',
  run: async (subject) => {
    const turn = subject.turns.odd;
    if (turn === undefined) skip('no turn with odd events');
    const events = await collect(subject, turn);
    assert.equal(textOf(events), turn.text);
    assert.equal(events.filter((event) => event.type === 'finish').length, 1);
  },
};

const wantsKey: Case = {
  name: 'says MODEL_NEEDS_KEY without a key, before anything is sent',
  run: async ({ withoutKey, turns, received }) => {
    if (withoutKey === undefined) skip('a provider without a key');
    const before = received?.();
    await expectCode(modelErrors.NEEDS_KEY.code, withoutKey.listModels(signal()));
    const read = async () => {
      for await (const _event of withoutKey.stream(toRequest(turns.plain), signal()));
    };
    await expectCode(modelErrors.NEEDS_KEY.code, read());
    assert.equal(received?.(), before);
  },
};

const usesOwnKey: Case = {
  name: 'uses the key of a request in place of its own, and tells a good one from a bad one',
  run: async (subject) => {
    const { provider, credentials, turns } = subject;
    if (credentials === undefined) skip('a provider without a key');
    const bad = { ...toRequest(turns.plain), credentials: credentials.bad };
    await expectCode(modelErrors.AUTH.code, gather(subject, bad));
    await expectCode(modelErrors.AUTH.code, check(subject, credentials.bad));
    await check(subject, credentials.good);
    assert.ok((await provider.listModels(signal(), credentials.good)).length > 0);
    const events = await gather(subject, { ...toRequest(turns.plain), credentials: credentials.good });
    assert.equal(textOf(events), turns.plain.text);
  },
};

const check = async ({ provider }: ModelProviderSubject, credentials: Readonly<Record<string, string>>) => {
  if (provider.check) await provider.check(credentials, signal());
  else await provider.listModels(signal(), credentials);
};

const tellsParameters: Case = {
  name: 'tells its parameters as JSON Schema, and refuses others',
  run: async (subject) => {
    const { provider, turns } = subject;
    if (!provider.parameters) skip('a provider without parameters');
    const schema = await provider.parameters(turns.plain.model);
    assert.equal(schema['type'], 'object');
    for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Record<string, object>)) {
      assert.ok('description' in property, `${name} says what it does`);
    }
    const request = { ...toRequest(turns.plain), parameters: { noSuchParameterKit: 1 } };
    await expectCode(modelErrors.BAD_REQUEST.code, gather(subject, request));
  },
};

/** What a provider does with the rest of a conversation: tools, thoughts, keys, parameters. */
export const conversationCases: readonly Case[] = [
  callsTools,
  severalRounds,
  foreignHistory,
  structured,
  countsUsage,
  oddStream,
  wantsKey,
  usesOwnKey,
  tellsParameters,
];
