import { describe, expect, it } from '@jest/globals';
import { cache, defineCapability, modelProvider } from '@parley/contracts';
import type { AnyCapability } from '@parley/contracts';
import * as z from 'zod';
import { createOwner } from '../fixtures/owners.ts';
import { createCapabilityRegistry } from './capability-registry.ts';
import type { Provision } from './capability-registry.ts';

const provision = (capability: AnyCapability, pluginId: string, key = pluginId): Provision => ({
  capability,
  key,
  pluginId,
  owner: createOwner(),
  implementation: { pluginId },
  descriptor: {},
  leases: 0,
});
const source = defineCapability<object>()({ id: 'source', version: '1.0.0', arity: 'many', descriptor: z.object({}) });
const pluginsOf = (provisions: readonly Provision[]) => provisions.map(({ pluginId }) => pluginId);

describe('the registry of capabilities', () => {
  it('gives implementations in the order of the composition', () => {
    const positions = new Map([
      ['a', 0],
      ['b', 1],
    ]);
    const registry = createCapabilityRegistry({ positions });
    registry.provide(provision(modelProvider, 'b'));
    registry.provide(provision(modelProvider, 'a'));
    expect(pluginsOf(registry.select(modelProvider))).toEqual(['a', 'b']);
  });

  it('gives implementations of plugins it has no place for in the order they were provided', () => {
    const registry = createCapabilityRegistry();
    registry.provide(provision(modelProvider, 'b'));
    registry.provide(provision(modelProvider, 'a'));
    expect(pluginsOf(registry.select(modelProvider))).toEqual(['b', 'a']);
  });

  it('takes one away when it is withdrawn', () => {
    const registry = createCapabilityRegistry();
    const provided = provision(modelProvider, 'a');
    registry.provide(provided);
    registry.withdraw(provided);
    expect(registry.select(modelProvider)).toEqual([]);
  });

  it('sees only the bound plugin where one is to be chosen', () => {
    const registry = createCapabilityRegistry({ bindings: { cache: 'redis' } });
    registry.provide(provision(cache, 'memory'));
    registry.provide(provision(cache, 'redis'));
    expect(pluginsOf(registry.select(cache))).toEqual(['redis']);
  });

  it('keeps two majors of one capability apart', () => {
    const registry = createCapabilityRegistry();
    const next = { ...cache, version: '2.3.0' };
    registry.provide(provision(cache, 'old'));
    registry.provide(provision(next, 'new'));
    expect(pluginsOf(registry.select(next))).toEqual(['new']);
    expect(pluginsOf(registry.select({ ...cache, version: '1.9.0' }))).toEqual(['old']);
  });

  it('refuses a key twice, except where any number may be', () => {
    const registry = createCapabilityRegistry();
    registry.provide(provision(modelProvider, 'a', 'openai'));
    expect(() => registry.provide(provision(modelProvider, 'b', 'openai'))).toThrow(/plugin a already does/);
    registry.provide(provision(source, 'a', 'files'));
    registry.provide(provision(source, 'b', 'files'));
    expect(registry.select(source)).toHaveLength(2);
  });

  it('keeps a snapshot as it was', () => {
    const registry = createCapabilityRegistry();
    const snapshot = registry.snapshot();
    registry.provide(provision(modelProvider, 'a'));
    expect(snapshot.select(modelProvider)).toEqual([]);
  });

  it('shows nothing of a draft until it is adopted, and then tells who listens once', () => {
    const registry = createCapabilityRegistry();
    const told: string[][] = [];
    registry.onChange(modelProvider, () => void told.push([...pluginsOf(registry.select(modelProvider))]));
    const draft = registry.fork({ bindings: {}, positions: new Map() });
    draft.provide(provision(modelProvider, 'a'));
    draft.provide(provision(modelProvider, 'b'));
    expect(registry.select(modelProvider)).toEqual([]);
    expect(told).toEqual([]);
    registry.adopt(draft);
    expect(told).toEqual([['a', 'b']]);
  });

  it('tells who listens when another binding chooses another plugin', () => {
    const registry = createCapabilityRegistry({ bindings: { cache: 'redis' } });
    registry.provide(provision(cache, 'memory'));
    registry.provide(provision(cache, 'redis'));
    let told = 0;
    registry.onChange(cache, () => void (told += 1));
    registry.adopt(registry.fork({ bindings: { cache: 'memory' }, positions: new Map() }));
    expect(told).toBe(1);
    expect(pluginsOf(registry.select(cache))).toEqual(['memory']);
  });
});
