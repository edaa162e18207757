import { ownedRecords, searchSource } from '@parley/contracts';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { KERNEL_VERSION } from '../kernel-api.ts';
import { suggestion } from '../nearest-name.ts';
import { EdgeIndex, findCycles, findPath, levelsOf } from './cycles.ts';
import type { Edge } from './cycles.ts';
import type { ManifestNeed, PluginManifest } from './manifest.ts';

/** Something that keeps a composition from starting. */
export interface Problem {
  /** The plugin it concerns first, by its id in the composition. */
  readonly pluginId?: string;
  readonly text: string;
}

/** How a plugin's need is met. */
export interface ResolvedNeed extends ManifestNeed {
  /** Ids of the plugins that may provide it, in the order of the composition. */
  readonly providers: readonly string[];
}

/** What a composition comes to. */
export interface Resolution {
  readonly problems: readonly Problem[];
  /** Needs by plugin id. */
  readonly needs: ReadonlyMap<string, readonly ResolvedNeed[]>;
  /** Start level by plugin id. */
  readonly levels: ReadonlyMap<string, number>;
  /** What starts, but not as asked. */
  readonly warnings: readonly string[];
}

/** What is resolved: data only, no code of any plugin runs. */
export interface ResolveInput {
  readonly manifests: readonly PluginManifest[];
  readonly bindings?: Readonly<Record<string, string>>;
  /** Plugins that are known and not used; named where one of them would help. */
  readonly known?: readonly PluginManifest[];
}

/** Capabilities that the kernel itself provides, in every composition. */
const KERNEL_PROVIDES: ReadonlySet<string> = new Set([ownedRecords.id, searchSource.id]);

const offers = (manifest: PluginManifest, need: ManifestNeed): boolean =>
  manifest.provides.some(({ capability, version }) => capability === need.capability && satisfies(version, need.range));

function checkIdentities(manifests: readonly PluginManifest[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { id, kernel } of manifests) {
    if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(id)) {
      problems.push({ pluginId: id, text: `${id} is no id for a plugin; expected words like acme.my-notes` });
    }
    if (seen.has(id)) {
      problems.push({ pluginId: id, text: `Two plugins have the id ${id}; give one of them another with "id:"` });
    }
    seen.add(id);
    if (validRange(kernel) === null || !satisfies(KERNEL_VERSION, kernel)) {
      const text = `${id} was written for kernel ${kernel}, and this kernel is ${KERNEL_VERSION}; use a version of ${id} made for it`;
      problems.push({ pluginId: id, text });
    }
  }
  return problems;
}

function checkBindings({ manifests, bindings = {} }: ResolveInput): Problem[] {
  const capabilities = new Set(manifests.flatMap(({ provides }) => provides.map(({ capability }) => capability)));
  return Object.entries(bindings).flatMap(([capability, id]): Problem[] => {
    const providers = manifests.filter(({ provides }) => provides.some((each) => each.capability === capability));
    if (providers.length === 0) {
      return [{ text: `bindings: nothing provides ${capability}; ${suggestion(capability, capabilities)}` }];
    }
    if (providers.some((manifest) => manifest.id === id)) return [];
    const names = providers.map((manifest) => manifest.id);
    return [{ text: `bindings: ${id} does not provide ${capability}; ${suggestion(id, names)}` }];
  });
}

function missing(manifest: PluginManifest, need: ManifestNeed, { manifests, known = [] }: ResolveInput): Problem {
  const wrongVersions = manifests.flatMap(({ id, provides }) =>
    provides.filter(({ capability }) => capability === need.capability).map(({ version }) => `${id} has ${version}`),
  );
  const helpers = known.filter((each) => offers(each, need)).map(({ id }) => id);
  const found = wrongVersions.length === 0 ? 'nothing in this composition provides it' : wrongVersions.join(', ');
  const help = helpers.length === 0 ? 'no known plugin does' : `add one of: ${helpers.join(', ')}`;
  return { pluginId: manifest.id, text: `${manifest.id} needs ${need.capability} ${need.range}: ${found}; ${help}` };
}

function resolveNeed(manifest: PluginManifest, need: ManifestNeed, input: ResolveInput) {
  const problems: Problem[] = [];
  let providers = input.manifests.filter((each) => offers(each, need)).map(({ id }) => id);
  const bound = input.bindings?.[need.capability];
  if (need.arity === 'one' && bound !== undefined) providers = providers.filter((id) => id === bound);
  const isKernels = KERNEL_PROVIDES.has(need.capability);
  if (need.need === 'required' && providers.length === 0 && !isKernels) problems.push(missing(manifest, need, input));
  return { problems, resolved: { ...need, providers } };
}

function checkSingle(needs: ReadonlyMap<string, readonly ResolvedNeed[]>): Problem[] {
  const texts = new Map<string, string>();
  for (const { capability, arity, providers } of [...needs.values()].flat()) {
    if (arity !== 'one' || providers.length < 2) continue;
    const choice = `bindings: { ${capability}: ${providers[0]} }`;
    texts.set(capability, `${providers.join(' and ')} both provide ${capability}; choose one with ${choice}`);
  }
  return [...texts.values()].map((text) => ({ text }));
}

const edgesOf = (needs: ReadonlyMap<string, readonly ResolvedNeed[]>, kind: ManifestNeed['need']): Edge[] =>
  [...needs].flatMap(([from, all]) =>
    all
      .filter(({ need }) => need === kind)
      .flatMap(({ capability, providers }) => providers.map((to) => ({ from, to, capability }))),
  );

function describeCycle(cycle: readonly Edge[]): Problem {
  const path = cycle.map(({ from, capability }) => `${from} -(${capability})-> `).join('');
  const ways = cycle.map(({ from, capability }) => `${capability} in ${from}`).join(' or ');
  const first = cycle[0]?.from ?? '';
  return { pluginId: first, text: `Plugins wait for each other: ${path}${first}; make ${ways} optional() or live()` };
}

/** Orders by what is wished too, as long as nobody would wait for itself. */
function orderEdges(needs: ReadonlyMap<string, readonly ResolvedNeed[]>) {
  const edges = new EdgeIndex(edgesOf(needs, 'required'));
  const warnings: string[] = [];
  for (const kind of ['optional', 'live'] as const) {
    for (const edge of edgesOf(needs, kind)) {
      if (edge.from === edge.to) continue;
      if (findPath(edges, edge.to, edge.from) === undefined) edges.add(edge);
      else if (kind === 'optional') {
        warnings.push(`${edge.from} starts before ${edge.to} and so without its ${edge.capability}`);
      }
    }
  }
  return { edges, warnings };
}

/** Works out who provides what to whom and in which order plugins start, and finds every problem there is. */
export function resolve(input: ResolveInput): Resolution {
  const { manifests } = input;
  const problems = [...checkIdentities(manifests), ...checkBindings(input)];
  const needs = new Map<string, readonly ResolvedNeed[]>();
  for (const manifest of manifests) {
    const resolved = manifest.requires.map((need) => resolveNeed(manifest, need, input));
    problems.push(...resolved.flatMap((each) => each.problems));
    needs.set(
      manifest.id,
      resolved.map((each) => each.resolved),
    );
  }
  problems.push(...checkSingle(needs), ...findCycles(new EdgeIndex(edgesOf(needs, 'required'))).map(describeCycle));
  const { edges, warnings } = orderEdges(needs);
  return {
    problems,
    needs,
    levels: levelsOf(
      manifests.map(({ id }) => id),
      edges,
    ),
    warnings,
  };
}
