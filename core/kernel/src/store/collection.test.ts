import { describe, expect, it } from '@jest/globals';
import { defineEntity } from '@parley/contracts';
import type { EntityScope } from '@parley/contracts';
import * as z from 'zod';
import { toCollection } from './collection.ts';

const entityOf = (scope: EntityScope) =>
  defineEntity({
    name: 'note',
    schema: z.object({ slug: z.string(), endsAt: z.string() }),
    version: 3,
    scope,
    indexes: [{ fields: ['slug'], unique: true }, { fields: ['createdAt'] }],
    ttl: 'endsAt',
  });

describe('the collection of an entity', () => {
  it('has the plugin in its name, so that two plugins can not collide', () => {
    expect(toCollection('acme.notes', entityOf('user')).name).toBe('acme.notes.note');
  });

  it.each([
    ['user', ['ownerId', 'slug']],
    ['tenant', ['tenantId', 'slug']],
    ['global', ['slug']],
  ] as const)('of scope %s is unique over %j', (scope, fields) => {
    expect(toCollection('notes', entityOf(scope)).indexes).toEqual([
      { fields, unique: true },
      { fields: ['createdAt'], unique: false },
    ]);
  });

  it('carries version, scope and time to live', () => {
    expect(toCollection('notes', entityOf('user'))).toMatchObject({ version: 3, scope: 'user', ttl: 'endsAt' });
  });
});
