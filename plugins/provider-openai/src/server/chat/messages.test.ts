import { describe, expect, it } from '@jest/globals';
import type { ModelMessage, Part } from '@parley/contracts';
import { text } from '../fixtures/ask.ts';
import { toChatMessages } from './messages.ts';

const FAMILY = 'openai-chat@kit';
const user: ModelMessage = { role: 'user', parts: [text('Look.')] };
const thought: Part = {
  type: 'reasoning',
  text: 'I must look.',
  opaque: { family: FAMILY, data: { field: 'reasoning_content' } },
};
const call = (callId: string, more: object = {}): Part => ({
  type: 'tool-call',
  callId,
  name: 'look',
  input: { at: 1 },
  status: 'done',
  output: 'seen',
  ...more,
});
const toMessages = (messages: readonly ModelMessage[], family = FAMILY) =>
  toChatMessages(messages, { files: new Map(), family });

describe('an answer with tools', () => {
  const parts = [thought, text('I look.'), call('a'), call('b', { error: 'no' }), text('Found.')];

  it('is told round by round', () => {
    expect(toMessages([user, { role: 'assistant', parts }, user])).toMatchObject([
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: 'I look.', tool_calls: [{ id: 'a' }, { id: 'b' }] },
      { role: 'tool', tool_call_id: 'a', content: 'seen' },
      { role: 'tool', tool_call_id: 'b', content: 'Error: no' },
      { role: 'assistant', content: 'Found.' },
      { role: 'user' },
    ]);
  });

  it('gives thoughts back while its turn goes on, where the server had put them', () => {
    const [, round] = toMessages([user, { role: 'assistant', parts }]);
    expect(round).toMatchObject({ reasoning_content: 'I must look.' });
  });

  it('gives no thoughts back to another server, nor after its turn', () => {
    const [, elsewhere] = toMessages([user, { role: 'assistant', parts }], 'openai-chat@other');
    const [, later] = toMessages([user, { role: 'assistant', parts }, user]);
    for (const round of [elsewhere, later]) expect(round).not.toHaveProperty('reasoning_content');
  });
});

describe('what only the server reads', () => {
  const details = [{ type: 'reasoning.encrypted', data: 'x' }];
  const parts: Part[] = [
    { type: 'reasoning', text: 'Hm.', opaque: { family: FAMILY, data: { field: 'reasoning', details } } },
    call('a', { opaque: { family: FAMILY, data: { extra: { google: { thought_signature: 's' } } } } }),
  ];

  it('goes back as it came, in place of the words', () => {
    const [, round] = toMessages([user, { role: 'assistant', parts }]);
    expect(round).toMatchObject({
      reasoning_details: details,
      tool_calls: [{ extra_content: { google: { thought_signature: 's' } } }],
    });
    expect(round).not.toHaveProperty('reasoning');
  });

  it('goes to no other server', () => {
    const sent = JSON.stringify(toMessages([user, { role: 'assistant', parts }], 'openai-chat@other'));
    expect(sent).not.toMatch(/encrypted|signature/);
  });
});

describe('a message of words', () => {
  it('is plain text, which the simplest servers take', () => {
    expect(toMessages([user])).toEqual([{ role: 'user', content: 'Look.' }]);
  });

  it('is left out where an answer says nothing', () => {
    expect(toMessages([{ role: 'assistant', parts: [] }])).toEqual([]);
  });
});
