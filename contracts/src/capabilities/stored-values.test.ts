import { describe, expect, it } from '@jest/globals';
import { isAppError } from '../define/errors.ts';
import type { StoredRecord } from './storage-driver.ts';
import { checkId, toStored } from './stored-values.ts';

const toRecord = (fields: object): StoredRecord => ({
  id: 'a',
  tenantId: 't',
  createdAt: '',
  updatedAt: '',
  rev: 1,
  ...fields,
});

const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return isAppError(error, 'STORAGE_INVALID') ? String(error.details['reason']) : String(error);
  }
};

describe('a stored record', () => {
  it('is the record itself when JSON holds it', () => {
    const record = toRecord({ n: 1e308, list: [1, 'é', [null, {}], { a: false }], 'a.b': { $gt: '' } });
    expect(toStored(record, 'note')).toBe(record);
  });

  it('has no field that is undefined, at any depth', () => {
    const kept = toStored(toRecord({ x: undefined, y: { z: undefined, w: [{ v: undefined }] } }), 'note');
    expect('x' in kept).toBe(false);
    expect(JSON.stringify(kept['y'])).toBe('{"w":[{}]}');
    expect(Object.keys(kept['y'] as object)).toEqual(['w']);
  });

  it('has 0 for -0 and U+FFFD for a lone surrogate, and leaves the given record alone', () => {
    const record = toRecord({ n: -0, list: [-0], text: 'a\ud800', deep: { text: '\udc00😀' } });
    const kept = toStored(record, 'note');
    expect([kept['n'], kept['list'], kept['text'], kept['deep']]).toEqual([0, [0], 'a\ufffd', { text: '\ufffd😀' }]);
    expect(record['text']).toBe('a\ud800');
  });

  it('keeps a field named __proto__ as a field', () => {
    const record = toRecord({ x: -0, deep: JSON.parse('{"__proto__":{"a":-0}}') as object });
    expect(JSON.stringify(toStored(record, 'note')['deep'])).toBe('{"__proto__":{"a":0}}');
  });

  it.each([
    ['NaN', { deep: { n: Number.NaN } }, 'deep.n: expected what JSON can hold, got NaN'],
    ['an infinite number', { n: Infinity }, 'n: expected what JSON can hold, got Infinity'],
    ['a date', { at: new Date(0) }, 'at: expected what JSON can hold, got a Date'],
    ['a map', { map: new Map() }, 'map: expected what JSON can hold, got a Map'],
    ['bytes', { bytes: new Uint8Array(1) }, 'bytes: expected what JSON can hold, got a Uint8Array'],
    ['a function', { run: () => 1 }, 'run: expected what JSON can hold, got function'],
    ['a big integer', { n: 1n }, 'n: expected what JSON can hold, got bigint'],
    ['undefined in a list', { list: [1, undefined] }, 'list[1]: expected what JSON can hold, got undefined'],
    [
      'a key with a lone surrogate',
      { deep: { '\ud800': 1 } },
      'deep: expected what JSON can hold, got a key with half',
    ],
    ['a rev of 0', { rev: 0 }, 'rev: expected what JSON can hold, got no whole number from 1'],
    ['an empty id', { id: '' }, 'id: expected what JSON can hold, got an empty text'],
    ['an id that is no text', { id: { $gt: '' } }, 'id: expected a text, got Object'],
  ])('is not made from %s', (_name, fields, reason) => {
    expect(reasonOf(() => toStored(toRecord(fields), 'note'))).toContain(reason);
  });

  it('is not made from more than 80 levels, however many there are', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(reasonOf(() => toStored(toRecord({ deep }), 'note'))).toContain('more than 80 levels');
  });
});

it('an id is a text of whole characters', () => {
  expect(checkId('\u0000', 'note')).toBe('\u0000');
  expect(reasonOf(() => checkId('\ud800', 'note'))).toContain('id: expected a text');
  expect(reasonOf(() => checkId(['a'], 'note'))).toContain('id: expected a text, got a list');
});
