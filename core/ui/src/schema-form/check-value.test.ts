import { describe, expect, it } from '@jest/globals';
import { BrokenJson, checkValue } from './check-value.ts';
import type { JsonSchema } from './json-schema.ts';
import { inLargerUnit, keyWords } from './key-words.ts';
import { placeOf } from './place-of.ts';
import { readSchema } from './read-shape.ts';

const object = (properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const wrong = (schema: JsonSchema, value: unknown) =>
  checkValue(object({ value: schema }), { value }).map(({ message }) => message);

describe('checkValue', () => {
  it.each<[JsonSchema, unknown, string]>([
    [{ type: 'string', minLength: 3 }, 'ab', 'Enter at least 3 characters'],
    [{ type: 'string', maxLength: 2 }, 'abc', 'Enter at most 2 characters'],
    [{ type: 'string', pattern: '^a+$' }, 'b', 'This has to match ^a+$'],
    [{ type: 'string', format: 'uri' }, 'here', 'Enter a whole address, for example https://example.org'],
    [
      { type: 'string', format: 'email', pattern: '.' },
      'ada@',
      'Enter a whole e-mail address, for example ada@example.org',
    ],
    [{ type: 'number' }, 'ten', 'Enter a number'],
    [{ type: 'integer' }, 1.5, 'Enter a whole number'],
    [{ type: 'number', minimum: 2 }, 1, 'Enter 2 or more'],
    [{ type: 'number', maximum: 2 }, 3, 'Enter 2 or less'],
    [{ type: 'number', exclusiveMinimum: 0 }, 0, 'Enter more than 0'],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, 'Enter less than 1'],
    [{ type: 'number', multipleOf: 0.1 }, 0.25, 'Enter a multiple of 0.1'],
    [{ enum: ['a', 'b'] }, 'c', 'Choose one of the list'],
    [{ type: 'array', items: { type: 'string' }, minItems: 1 }, [], 'Add at least 1'],
    [{ type: 'array', items: { type: 'string' }, maxItems: 1 }, ['a', 'b'], 'Keep at most 1'],
    [{}, new BrokenJson('{'), 'This is no valid JSON'],
  ])('finds what is wrong by %j with %j', (schema, value, message) => {
    expect(wrong(schema, value)).toEqual([message]);
  });

  it.each<[JsonSchema, unknown]>([
    [{ type: 'number', multipleOf: 0.1 }, 0.3],
    [{ type: ['string', 'null'] }, null],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, null],
    [{ type: 'string', format: 'secret', writeOnly: true, minLength: 1 }, { $secret: true }],
    [{ type: 'string', pattern: '(?<broken' }, 'left to the server'],
    [{ allOf: [{ type: 'string' }] }, 42],
  ])('is content by %j with %j', (schema, value) => {
    expect(wrong(schema, value)).toEqual([]);
  });

  it('asks for what is required and has no default', () => {
    const schema = object({ key: { type: 'string' }, size: { type: 'number', default: 3 } }, ['key', 'size']);
    expect(checkValue(schema, {})).toEqual([{ path: ['key'], message: 'Fill this in' }]);
  });

  it('finds problems inside lists, records, objects and variants', () => {
    const schema = object({
      list: { type: 'array', items: object({ size: { type: 'integer' } }) },
      record: { type: 'object', additionalProperties: { type: 'integer' } },
      variant: {
        oneOf: [object({ kind: { const: 'a' }, size: { type: 'integer' } }), object({ kind: { const: 'b' } })],
      },
    });
    const value = { list: [{ size: 'x' }], record: { one: 'x' }, variant: { kind: 'a', size: 'x' } };
    expect(checkValue(schema, value).map(({ path }) => path.join('.'))).toEqual([
      'list.0.size',
      'record.one',
      'variant.size',
    ]);
  });

  it('follows references, and stops at a schema that contains itself', () => {
    const tree: JsonSchema = {
      ...object({ node: { $ref: '#/$defs/node' } }),
      $defs: { node: object({ size: { type: 'integer' }, child: { $ref: '#/$defs/node' } }) },
    };
    expect(checkValue(tree, { node: { child: { size: 'x' } } })).toHaveLength(1);
    expect(readSchema({ $ref: '#/$defs/loop' }, { $defs: { loop: { $ref: '#/$defs/loop' } } }).shape.kind).toBe('json');
  });
});

describe('placeOf', () => {
  const schema = object({ list: { type: 'array', items: { type: 'string' } }, odd: { allOf: [] } });
  it.each([
    [
      ['list', 0],
      ['list', 0],
    ],
    [['odd', 'inside'], ['odd']],
    [['unknown'], []],
  ])('finds the field for %j', (path, place) => {
    expect(placeOf(schema, { list: ['a'] }, path)).toEqual(place);
  });
});

describe('keyWords', () => {
  it.each([
    ['maxRunBytes', 'Max run bytes', 'bytes'],
    ['idleTimeoutMs', 'Idle timeout', 'ms'],
    ['baseUrl', 'Base URL', undefined],
    ['apiKey', 'API key', undefined],
    ['seconds', 'Seconds', undefined],
    ['max_output_tokens', 'Max output tokens', 'tokens'],
  ])('reads %s as %s', (key, label, unit) => {
    expect(keyWords(key, true)).toEqual({ label, unit });
  });

  it.each([
    [1_800_000, 'ms', '30 min'],
    [8_388_608, 'bytes', '8 MiB'],
    [100_000, 'bytes', '≈ 97.66 KiB'],
    [900, 'ms', undefined],
    [48, 'hours', '2 d'],
  ] as const)('says %d %s as %s', (amount, unit, words) => {
    expect(inLargerUnit(amount, unit)).toBe(words);
  });
});
