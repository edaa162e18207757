import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyPlugin } from '@parley/kernel';
import {
  linkHostModules,
  loadPackage,
  type PluginPackage,
  readPackage,
  type ReportSection,
  vendorPackage,
} from '@parley/package';
import { type PluginContractOptions, testPluginContract } from '@parley/testing';
import { knownKits, type KitRun } from '@parley/testing/kits';
import { hostAddress } from '../plugin-install/host-offer.ts';
import { loadCompanions } from './companions.ts';

/** What `src/server/kit.ts` of a plugin exports, all of it optional. */
interface KitDoor {
  /** The kits of the capabilities it provides, each with a way to make a subject. */
  readonly kits?: readonly KitRun[];
  /** Settings, company and use for the contract test; the shipped plugins and no use without it. */
  readonly contract?: PluginContractOptions;
}

/** What a package was put through. */
export interface Verification {
  readonly pack: PluginPackage;
  readonly sections: readonly ReportSection[];
}

/**
 * Puts a built package through the contract of plugins and the kits of what it provides. It runs from a copy that is
 * vendored as an operator would, so that nothing of the author's folder helps it.
 * @throws what is wrong with the package itself
 */
export async function verifyBuilt(dir: string, onSection: (section: ReportSection) => void): Promise<Verification> {
  const data = mkdtempSync(join(tmpdir(), 'parley-verify-'));
  try {
    const pack = readPackage(dir);
    const copy = vendorPackage(data, pack);
    const modules = [...Object.keys(pack.manifest.parley.modules), '@parley/contracts', '@parley/kernel', 'zod'];
    linkHostModules(data, new Set(modules), hostAddress());
    linkHostModules(data, ['@parley/testing'], import.meta.url);
    const plugin = await loadPackage(copy);
    const door = await loadKits(copy);
    const sections: ReportSection[] = [];
    for (const run of [() => playContract(plugin, door), ...kitsOf(plugin, door)]) {
      const section = await run();
      onSection(section);
      sections.push(section);
    }
    return { pack, sections };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function loadKits({ dir, manifest }: PluginPackage): Promise<KitDoor> {
  const { kit } = manifest.doors;
  return kit === undefined ? {} : ((await import(pathToFileURL(join(dir, kit)).href)) as KitDoor);
}

const WHERE_FROM = 'Settings, company and use for this test are the export `contract` of src/server/kit.ts.';

async function playContract(plugin: AnyPlugin, { contract = {} }: KitDoor): Promise<ReportSection> {
  const startedAt = performance.now();
  const name = 'starts, is what its manifest says, and leaves nothing behind';
  const result = async () => {
    try {
      const plugins = contract.plugins ?? (contract.shipped ? [] : await loadCompanions(plugin));
      await testPluginContract(plugin, { ...contract, plugins });
      return { name, outcome: 'passed' as const };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { name, outcome: 'failed' as const, reason: `${reason}\n${WHERE_FROM}` };
    }
  };
  const done = await result();
  const results = [{ ...done, durationMs: Math.round(performance.now() - startedAt) }];
  return { capability: 'plugin', version: plugin.kernel, results };
}

/** One section for each capability it provides; one without a kit says why. */
function kitsOf(plugin: AnyPlugin, { kits = [] }: KitDoor): readonly (() => Promise<ReportSection>)[] {
  return (plugin.provides ?? []).map(({ id: capability, version }) => async () => {
    const runs = kits.filter((run) => run.capability === capability);
    const results = [];
    for (const run of runs) results.push(...(await run.report()).results);
    if (runs.length === 0) results.push(missingKit(capability));
    return { capability, version, results };
  });
}

const missingKit = (capability: string): ReportSection['results'][number] =>
  knownKits.has(capability)
    ? {
        name: 'passes the kit of its capability',
        outcome: 'failed',
        reason: `src/server/kit.ts lists no kit for ${capability}; add kitRun(…) to its export \`kits\``,
        durationMs: 0,
      }
    : { name: 'passes the kit of its capability', outcome: 'skipped', reason: 'there is no kit for it', durationMs: 0 };
