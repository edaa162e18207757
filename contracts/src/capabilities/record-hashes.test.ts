import { describe, expect, it } from '@jest/globals';
import { createRecordHashes, hashRecords } from './record-hashes.ts';
import type { RecordBatch, StoredRecord } from './storage-driver.ts';

/** Keeps the whole text in place of a hash, so that a failure shows what differs. */
const keepText = () => {
  let all = '';
  return {
    update: (text: string) => {
      all += text;
    },
    digest: () => all,
  };
};
const toRecord = (id: string, fields: object = {}): StoredRecord => ({
  id,
  tenantId: 't',
  createdAt: '',
  updatedAt: '',
  rev: 1,
  ...fields,
});
const toBatch = (collection: string, ...records: readonly StoredRecord[]): RecordBatch => ({
  collection,
  version: 1,
  scope: 'global',
  records,
});
const hash = (...batches: readonly RecordBatch[]) => {
  const hashes = createRecordHashes(keepText);
  for (const batch of batches) hashes.add(batch);
  return hashes.result();
};

describe('hashes of records', () => {
  it('are equal for equal records, whatever the order of their keys and the size of the batches', () => {
    const one = hash(toBatch('a.b', toRecord('1', { x: { p: 1, q: [1, { r: 2, s: 3 }] } }), toRecord('2')));
    const other = hash(
      toBatch('a.b', { x: { q: [1, { s: 3, r: 2 }], p: 1 }, ...toRecord('1') }),
      toBatch('a.b', toRecord('2')),
    );
    expect(other).toEqual(one);
    expect(one['a.b']?.count).toBe(2);
  });

  it('differ for any other value, type, field, order or place of a record', () => {
    const records = [{ x: 1 }, { x: '1' }, { x: [1] }, { x: [[1]] }, { x: { 0: 1 } }, { X: 1 }, { x: null }, {}];
    const seen = records.map((fields) => hash(toBatch('a.b', toRecord('1', fields)))['a.b']?.sha256);
    const order = [toRecord('2'), toRecord('1')];
    seen.push(
      hash(toBatch('a.b', ...order))['a.b']?.sha256,
      hash(toBatch('a.b', ...order.toReversed()))['a.b']?.sha256,
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('see a field that is undefined as missing and a field named __proto__ as a field', () => {
    const plain = hash(toBatch('a.b', toRecord('1')));
    expect(hash(toBatch('a.b', toRecord('1', { x: undefined })))).toEqual(plain);
    const proto = JSON.parse('{"__proto__":{"x":1}}') as object;
    expect(hash(toBatch('a.b', toRecord('1', { y: proto })))).not.toEqual(
      hash(toBatch('a.b', toRecord('1', { y: {} }))),
    );
  });

  it('are kept for each collection', async () => {
    async function* batches() {
      yield toBatch('a.b', toRecord('1'));
      yield toBatch('a.c', toRecord('1'), toRecord('2'));
    }
    const result = await hashRecords(batches(), keepText);
    expect(Object.entries(result).map(([name, { count }]) => [name, count])).toEqual([
      ['a.b', 1],
      ['a.c', 2],
    ]);
  });
});
