import { expect, it } from '@jest/globals';
import type { ModelMessage, Part } from '@parley/contracts';
import { withOwnCallIds } from './own-call-ids.ts';

const call = (callId: string): Part => ({ type: 'tool-call', callId, name: 'look', input: {}, status: 'done' });
const answer = (...ids: readonly string[]): ModelMessage => ({ role: 'assistant', parts: ids.map(call) });

it('gives each call of a conversation an id of its own, the same whenever it is told', () => {
  const messages = [answer('a', 'b'), answer('a', 'a-2'), answer('a')];
  const ids = (all: readonly ModelMessage[]) =>
    all.map(({ parts }) => parts.map((part) => ('callId' in part ? part.callId : '')));
  expect(ids(withOwnCallIds(messages))).toEqual([['a', 'b'], ['a-2', 'a-2-2'], ['a-3']]);
  expect(ids(withOwnCallIds(messages.slice(0, 2)))).toEqual([
    ['a', 'b'],
    ['a-2', 'a-2-2'],
  ]);
});
