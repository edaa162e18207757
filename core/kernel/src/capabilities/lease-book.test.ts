import { describe, expect, it } from '@jest/globals';
import { cache } from '@parley/contracts';
import { createOwner } from '../fixtures/owners.ts';
import type { Provision } from './capability-registry.ts';
import { createLeaseBook } from './lease-book.ts';

const createProvision = (): Provision => ({
  capability: cache,
  key: 'memory',
  pluginId: 'memory',
  owner: createOwner(),
  implementation: {},
  descriptor: {},
  leases: 0,
});

describe('a lease book', () => {
  it('gives back all that is still held', () => {
    const provision = createProvision();
    const book = createLeaseBook();
    book.take(provision);
    book.take(provision)[Symbol.dispose]();
    expect(provision.leases).toBe(1);
    book.releaseAll();
    expect(provision.leases).toBe(0);
  });

  it('counts a lease taken through a child once, and ends it with the parent', () => {
    const provision = createProvision();
    const parent = createLeaseBook();
    const child = createLeaseBook(parent);
    child.take(provision);
    expect(provision.leases).toBe(1);
    parent.releaseAll();
    child.releaseAll();
    expect(provision.leases).toBe(0);
  });
});
