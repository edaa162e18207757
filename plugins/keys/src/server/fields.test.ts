import { describe, expect, it } from '@jest/globals';
import { hintOf } from './fields.ts';

const wanted = {
  from: 'both',
  isSet: false,
  schema: {
    type: 'object',
    properties: { region: { type: 'string' }, key: { type: 'string', format: 'secret' } },
  },
} as const;

describe('the hint of a key', () => {
  it.each([
    ['is its end', 'sk-0123456789abcd', '…abcd'],
    ['is nothing of a short one', 'sk-012', '…'],
    ['is nothing of a file', '{"private_key": "-----BEGIN KEY-----"}', '…'],
  ])('%s', (_what, key, hint) => {
    expect(hintOf({ region: 'eu-central-1', key }, wanted)).toBe(hint);
  });
});
