import { describe, expect, it } from '@jest/globals';
import type { Arity } from '@parley/contracts';
import type { ManifestNeed, NeedKind, PluginManifest } from './manifest.ts';
import { resolve } from './resolve.ts';
import type { ResolveInput } from './resolve.ts';

const need = (capability: string, kind: NeedKind = 'required', arity: Arity = 'one', range = '^1'): ManifestNeed => ({
  capability,
  range,
  arity,
  need: kind,
});

function manifest(
  id: string,
  requires: readonly ManifestNeed[] = [],
  provides: readonly string[] = [],
  extra: Partial<PluginManifest> = {},
): PluginManifest {
  return {
    id,
    plugin: id,
    version: '1.0.0',
    kernel: '^1.0.0',
    critical: false,
    requires,
    provides: provides.map((each) => {
      const [capability = '', version = '1.0.0'] = each.split('@');
      return { capability, version, arity: 'one' };
    }),
    hooks: [],
    storage: [],
    secrets: [],
    permissions: { network: [], declares: [] },
    ...extra,
  };
}

const textsOf = (manifests: readonly PluginManifest[], more: Partial<ResolveInput> = {}) =>
  resolve({ manifests, ...more }).problems.map(({ text }) => text);

describe('resolving a composition', () => {
  it('finds nothing wrong with one that fits', () => {
    expect(textsOf([manifest('notes', [need('cache')]), manifest('redis', [], ['cache'])])).toEqual([]);
  });

  it('names who needs a missing capability, the range and who could provide it', () => {
    const known = [manifest('redis', [], ['cache']), manifest('old', [], ['cache@2.0.0'])];
    expect(textsOf([manifest('notes', [need('cache')])], { known })).toEqual([
      'notes needs cache ^1: nothing in this composition provides it; add one of: redis',
    ]);
  });

  it('says which version there is when only the version does not fit', () => {
    const found = textsOf([manifest('notes', [need('cache')]), manifest('redis', [], ['cache@2.1.0'])]);
    expect(found).toEqual(['notes needs cache ^1: redis has 2.1.0; no known plugin does']);
  });

  it('asks for a choice between two providers of a capability that only one may provide', () => {
    const two = [
      manifest('notes', [need('cache')]),
      manifest('redis', [], ['cache']),
      manifest('memory', [], ['cache']),
    ];
    expect(textsOf(two)).toEqual(['redis and memory both provide cache; choose one with bindings: { cache: redis }']);
  });

  it('takes the provider that a binding names', () => {
    const two = [
      manifest('notes', [need('cache')]),
      manifest('redis', [], ['cache']),
      manifest('memory', [], ['cache']),
    ];
    const { problems, needs } = resolve({ manifests: two, bindings: { cache: 'memory' } });
    expect(problems).toEqual([]);
    expect(needs.get('notes')?.[0]?.providers).toEqual(['memory']);
  });

  it('refuses a binding to a plugin that does not provide it, with the nearest that does', () => {
    const found = textsOf([manifest('redis', [], ['cache'])], { bindings: { cache: 'reddis' } });
    expect(found).toEqual(['bindings: reddis does not provide cache; did you mean redis?']);
  });

  it('refuses a binding of a capability that nobody provides', () => {
    const found = textsOf([manifest('redis', [], ['cache'])], { bindings: { cashe: 'redis' } });
    expect(found).toEqual(['bindings: nothing provides cashe; did you mean cache?']);
  });

  it('allows several providers where a capability is keyed', () => {
    const all = [
      manifest('chat', [need('model', 'live', 'keyed')]),
      manifest('a', [], ['model']),
      manifest('b', [], ['model']),
    ];
    expect(textsOf(all)).toEqual([]);
  });

  it('prints the path of a cycle and which needs could be optional', () => {
    const found = textsOf([manifest('a', [need('b')], ['a']), manifest('b', [need('a')], ['b'])]);
    expect(found).toEqual([
      'Plugins wait for each other: a -(b)-> b -(a)-> a; make b in a or a in b optional() or live()',
    ]);
  });

  it('finds a plugin that waits for itself', () => {
    expect(textsOf([manifest('a', [need('a')], ['a'])])).toEqual([
      'Plugins wait for each other: a -(a)-> a; make a in a optional() or live()',
    ]);
  });

  it('does not count an optional or live need as part of a cycle', () => {
    expect(textsOf([manifest('a', [need('b', 'live')], ['a']), manifest('b', [need('a')], ['b'])])).toEqual([]);
  });

  it('warns when a plugin starts without what it would have liked', () => {
    const { warnings } = resolve({
      manifests: [manifest('a', [need('b', 'optional')], ['a']), manifest('b', [need('a')], ['b'])],
    });
    expect(warnings).toEqual(['a starts before b and so without its b']);
  });

  it('refuses two plugins with one id', () => {
    expect(textsOf([manifest('a'), manifest('a')])).toEqual([
      'Two plugins have the id a; give one of them another with "id:"',
    ]);
  });

  it('refuses an id that is no id', () => {
    expect(textsOf([manifest('My Notes')])).toEqual([
      'My Notes is no id for a plugin; expected words like acme.my-notes',
    ]);
  });

  it.each(['^2.0.0', 'banana'])('refuses a plugin written for kernel %s', (kernel) => {
    expect(textsOf([manifest('a', [], [], { kernel })])[0]).toMatch(
      /^a was written for kernel .*, and this kernel is 1\.0\.0/,
    );
  });

  it('reports every problem at once, each with its plugin', () => {
    const { problems } = resolve({
      manifests: [manifest('a', [need('x')]), manifest('b', [need('y')], [], { kernel: '^9' })],
    });
    expect(problems.map(({ pluginId }) => pluginId)).toEqual(['b', 'a', 'b']);
  });

  it('starts each plugin one level above the highest it waits for', () => {
    const { levels } = resolve({
      manifests: [
        manifest('c', [need('b'), need('a')]),
        manifest('b', [need('a')], ['b']),
        manifest('a', [], ['a']),
        manifest('free'),
      ],
    });
    expect(Object.fromEntries(levels)).toEqual({ a: 0, b: 1, c: 2, free: 0 });
  });

  it('starts a plugin after what it would like to have, when that is possible', () => {
    const { levels } = resolve({
      manifests: [manifest('chat', [need('model', 'live')]), manifest('demo', [], ['model'])],
    });
    expect(levels.get('chat')).toBe(1);
  });
});
