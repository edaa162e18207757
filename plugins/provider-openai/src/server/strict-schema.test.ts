import { expect, it } from '@jest/globals';
import { isStrictSchema } from './strict-schema.ts';

const closed = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

it.each([
  [true, closed({ a: { type: 'string' } })],
  [true, closed({ a: { type: 'array', items: closed({ b: { type: 'null' } }) } })],
  [true, closed({ type: { type: 'string', enum: ['object'] } })],
  [false, closed({ a: { type: 'string' } }, [])],
  [false, { type: 'object', properties: {} }],
  [false, closed({ a: { type: 'array', items: { type: 'object' } } })],
  [false, closed({ a: { anyOf: [{ type: 'null' }, { type: 'object' }] } })],
  [false, { ...closed({}), $defs: { a: { properties: { b: {} } } } }],
])('says %s of %j', (isStrict, schema) => {
  expect(isStrictSchema(schema)).toBe(isStrict);
});
