import { describe, expect, it } from '@jest/globals';
import { newId } from '@parley/contracts';
import type { Part } from '@parley/contracts';
import { text } from '../fixtures/ask.ts';
import { toInput } from './input.ts';

const FAMILY = 'openai-responses@kit';
const files = new Map();
const answer = (parts: readonly Part[], family: string | undefined = FAMILY) =>
  toInput([{ role: 'assistant', parts }], { files, family });
const thought = (id: string, family = FAMILY): Part => ({
  type: 'reasoning',
  text: 'Hm.',
  opaque: { family, data: { items: [{ type: 'reasoning', id, summary: [], encrypted_content: 'x' }] } },
});
const call = (callId: string): Part => ({
  type: 'tool-call',
  callId,
  name: 'look',
  input: {},
  status: 'done',
  output: 'seen',
});
const kinds = (parts: readonly Part[], family?: string) =>
  answer(parts, family).map((item) => ('type' in item && item.type ? item.type : 'message'));

describe('an answer that goes back', () => {
  it('has each thought before what it led to, and results after the calls of their round', () => {
    expect(kinds([thought('r1'), call('a'), call('b'), thought('r2'), text('Found.')])).toEqual([
      'reasoning',
      'function_call',
      'function_call',
      'function_call_output',
      'function_call_output',
      'reasoning',
      'message',
    ]);
  });

  it('leaves out a thought that led to nothing, which the server refuses', () => {
    expect(kinds([text('So.'), thought('r1')])).toEqual(['message']);
  });

  it('leaves out thoughts of other servers, and its own where they could not be read', () => {
    expect(kinds([thought('r1', 'openai-responses@other'), text('So.')])).toEqual(['message']);
    const parts = [thought('r1'), text('So.')];
    expect(toInput([{ role: 'assistant', parts }], { files, family: undefined })).toHaveLength(1);
  });

  it('says what kind of message its words were', () => {
    const parts: Part[] = [
      { type: 'text', text: 'I look.', opaque: { family: FAMILY, data: { phase: 'commentary' } } },
      text('Found.'),
    ];
    expect(answer(parts)).toEqual([
      { role: 'assistant', content: 'I look.', phase: 'commentary' },
      { role: 'assistant', content: 'Found.' },
    ]);
  });

  it('shows a picture that the model made as one of the person', () => {
    const file = { id: newId(), name: 'a.png', mime: 'image/png', sizeBytes: 2 };
    const contents = new Map([[file.id, { mime: 'image/png', bytes: Buffer.from('hi') }]]);
    const input = toInput([{ role: 'assistant', parts: [text('Here.'), { type: 'file', file }] }], {
      files: contents,
      family: FAMILY,
    });
    expect(input).toMatchObject([
      { role: 'assistant', content: 'Here.' },
      { role: 'user', content: [{ type: 'input_text' }, { image_url: 'data:image/png;base64,aGk=' }] },
    ]);
  });

  it('spells ids of calls anew that the server would refuse, call and result alike', () => {
    const [asked, given] = answer([call('call:of/another provider')]) as { call_id?: string }[];
    expect(asked?.call_id).toMatch(/^call_[\w-]{24}$/);
    expect(given?.call_id).toBe(asked?.call_id);
  });
});
