import assert from 'node:assert/strict';
import type { KitCase } from '../kit.ts';
import { ANN, findIds, toDocument } from './subject.ts';
import type { SearchSubject } from './subject.ts';

/** Texts that mean something to one query language or another. */
const HOSTILE = [
  '"',
  "'",
  '" OR "',
  "' OR 1=1 --",
  'ann" OR ownerId = "bob',
  'bob',
  'ann*',
  'a?n',
  '%',
  '_',
  '\\',
  '\\"',
  'a\u0000b',
  '__proto__',
  'constructor',
  '{}',
  '[]',
  'ownerId EXISTS',
  '\u202e',
  '\ud800',
  '\n',
  '',
];

/** Nobody finds what is somebody else's. */
export const isolationCases: readonly KitCase<SearchSubject>[] = [
  {
    name: 'finds nothing of another owner or another tenant',
    run: async ({ index }) => {
      await index.put([
        toDocument('a', 'apples'),
        toDocument('b', 'apples', { ownerId: 'bob' }),
        toDocument('c', 'apples', { tenantId: 'tenant-b' }),
        toDocument('d', 'apples', { tenantId: 'tenant-b', ownerId: 'bob' }),
      ]);
      for (const sort of ['best', 'newest'] as const) assert.deepEqual(await findIds(index, 'apples', { sort }), ['a']);
      assert.deepEqual(await findIds(index, 'apples', { ownerId: 'bob' }), ['b']);
      assert.deepEqual(await findIds(index, 'apples', { tenantId: 'tenant-b' }), ['c']);
      assert.deepEqual(await findIds(index, 'apples', { ownerId: 'carol' }), []);
    },
  },
  {
    name: 'takes owner and tenant exactly: no beginning, no other case, no mixing of the two',
    run: async ({ index }) => {
      const owners = ['ann', 'anna', 'Ann', 'an', 'ann ', 'ánn', 'tenant-a'];
      await index.put(owners.map((ownerId, number) => toDocument(`d${number}`, 'apples', { ownerId })));
      for (const [number, ownerId] of owners.entries())
        assert.deepEqual(await findIds(index, 'apples', { ownerId }), [`d${number}`], JSON.stringify(ownerId));
      await index.put([
        toDocument('ab', 'pears', { tenantId: 't:a', ownerId: 'b' }),
        toDocument('bc', 'pears', { tenantId: 't', ownerId: 'a:b' }),
      ]);
      assert.deepEqual(await findIds(index, 'pears', { tenantId: 't:a', ownerId: 'b' }), ['ab']);
    },
  },
  {
    name: 'finds nobody by the words of ids, owners, tenants, tags or collections',
    run: async ({ index }) => {
      await index.put([
        toDocument('identifier', 'apples', {
          tenantId: 'tenancy',
          ownerId: 'ownership',
          parentId: 'parenthood',
          collection: 'kit.collecting',
          tags: { role: 'tagging' },
        }),
      ]);
      for (const text of ['identifier', 'tenancy', 'ownership', 'parenthood', 'collecting', 'tagging', 'role', 'kit'])
        assert.deepEqual(await findIds(index, text, { tenantId: 'tenancy', ownerId: 'ownership' }), [], text);
    },
  },
  {
    name: 'lets no owner, tenant, parent, collection or tag widen a search',
    timeoutMs: 30_000,
    run: async ({ index }) => {
      await index.put([
        toDocument('a', 'apples', { parentId: 'p', tags: { role: 'user' } }),
        toDocument('b', 'apples', { ownerId: 'bob', parentId: 'p', tags: { role: 'user' } }),
      ]);
      for (const text of HOSTILE) {
        const filters = [{ tenantId: text }, { parentId: text }, { collection: text }, { tags: { role: text } }];
        for (const filter of [...filters, { tags: { [text === '' ? 'x' : text]: 'user' } }])
          assert.deepEqual(await findIds(index, 'apples', filter), [], JSON.stringify(filter));
        const expected = text === 'bob' ? ['b'] : [];
        assert.deepEqual(await findIds(index, 'apples', { ownerId: text }), expected, JSON.stringify(text));
      }
    },
  },
  {
    name: 'keeps owners of hostile names apart',
    timeoutMs: 30_000,
    run: async ({ index }) => {
      const owners = HOSTILE.filter((text) => text !== '' && text !== '\ud800');
      await index.put(
        owners.map((ownerId, number) => toDocument(`d${number}`, 'apples', { ownerId, parentId: ownerId })),
      );
      for (const [number, ownerId] of owners.entries()) {
        const found = await findIds(index, 'apples', { ownerId, parentId: ownerId });
        assert.deepEqual(found, [`d${number}`], JSON.stringify(ownerId));
      }
    },
  },
  {
    name: 'removes nothing of another owner whatever the name',
    run: async ({ index }) => {
      await index.put([toDocument('a', 'apples')]);
      for (const text of HOSTILE) await index.removeOwner(ANN.tenantId, text);
      await index.remove('kit.message', HOSTILE);
      assert.deepEqual(await findIds(index, 'apples'), ['a']);
    },
  },
];
