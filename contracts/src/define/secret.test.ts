import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Secret, secret } from './secret.ts';

const hidden = new Secret('sk-123');

describe('a secret', () => {
  it('gives its text to the one place that asks', () => {
    expect(hidden.reveal()).toBe('sk-123');
  });

  it.each([
    ['a string', () => String(hidden)],
    ['a template', () => `key: ${hidden.toString()}`],
    ['JSON', () => JSON.stringify({ apiKey: hidden, nested: [hidden] })],
    ['an error', () => new Error(`refused ${String(hidden)}`).message],
    ['its fields', () => JSON.stringify([Object.entries(hidden), Object.getOwnPropertyNames(hidden)])],
    ['a copy', () => JSON.stringify(Object.assign({}, hidden))],
  ])('does not show in %s', (_place, show) => {
    expect(show()).not.toContain('sk-123');
  });
});

describe('the schema of a secret', () => {
  it('makes a secret of a text', () => {
    expect(secret().parse('sk-123')).toBeInstanceOf(Secret);
  });

  it('refuses an empty text', () => {
    expect(secret().safeParse('').success).toBe(false);
  });

  it('is marked in JSON Schema', () => {
    expect(z.toJSONSchema(secret(), { io: 'input' })).toMatchObject({
      type: 'string',
      format: 'secret',
      writeOnly: true,
    });
  });
});
