import { describe, expect, it } from '@jest/globals';
import { cache, defineCapability, modelProvider } from '@parley/contracts';
import type { AnyCapability } from '@parley/contracts';
import * as z from 'zod';
import { createCapabilityRegistry } from './capability-registry.ts';
import type { Provision } from './capability-registry.ts';

const provision = (capability: AnyCapability, pluginId: string, key = pluginId): Provision => ({
  capability,
  key,
  pluginId,
  generation: 1,
  implementation: { pluginId },
  descriptor: {},
  leases: 0,
});
const source = defineCapability<object>()({ id: 'source', version: '1.0.0', arity: 'many', descriptor: z.object({}) });
const pluginsOf = (provisions: readonly Provision[]) => provisions.map(({ pluginId }) => pluginId);

describe('the registry of capabilities', () => {
  it('gives implementations in the order they were provided', () => {
    const registry = createCapabilityRegistry({});
    registry.provide(provision(modelProvider, 'b'));
    registry.provide(provision(modelProvider, 'a'));
    expect(pluginsOf(registry.select(modelProvider))).toEqual(['b', 'a']);
  });

  it('takes one away when its undo is called', () => {
    const registry = createCapabilityRegistry({});
    const undo = registry.provide(provision(modelProvider, 'a'));
    undo();
    expect(registry.select(modelProvider)).toEqual([]);
  });

  it('sees only the bound plugin where one is to be chosen', () => {
    const registry = createCapabilityRegistry({ cache: 'redis' });
    registry.provide(provision(cache, 'memory'));
    registry.provide(provision(cache, 'redis'));
    expect(pluginsOf(registry.select(cache))).toEqual(['redis']);
  });

  it('keeps two majors of one capability apart', () => {
    const registry = createCapabilityRegistry({});
    const next = { ...cache, version: '2.3.0' };
    registry.provide(provision(cache, 'old'));
    registry.provide(provision(next, 'new'));
    expect(pluginsOf(registry.select(next))).toEqual(['new']);
    expect(pluginsOf(registry.select({ ...cache, version: '1.9.0' }))).toEqual(['old']);
  });

  it('refuses a key twice, except where any number may be', () => {
    const registry = createCapabilityRegistry({});
    registry.provide(provision(modelProvider, 'a', 'openai'));
    expect(() => registry.provide(provision(modelProvider, 'b', 'openai'))).toThrow(/plugin a already does/);
    registry.provide(provision(source, 'a', 'files'));
    registry.provide(provision(source, 'b', 'files'));
    expect(registry.select(source)).toHaveLength(2);
  });

  it('keeps a snapshot as it was', () => {
    const registry = createCapabilityRegistry({});
    const snapshot = registry.snapshot();
    registry.provide(provision(modelProvider, 'a'));
    expect(registry.select(modelProvider, snapshot)).toEqual([]);
  });
});
