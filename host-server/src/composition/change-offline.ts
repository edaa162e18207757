import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Change } from '@parley/contracts';
import { lockfilePath } from '@parley/package';
import { createKeyDerivation, readRootKey } from '../root-key.ts';
import { applyChanges } from './apply-changes.ts';
import type { Entry } from './compose.ts';
import { openCompositionFile } from './composition-file.ts';
import { fileEntries, mergeLayers } from './entry.ts';
import { openInstalledPlugins } from './installed-plugins.ts';
import { createPluginLoader } from './load-plugin.ts';
import { findConfigFile, readConfig } from './read-config.ts';
import { createSeal } from './seal.ts';
import { shippedEntries } from './shipped.ts';
import type { Environment } from './shipped.ts';

/** An installation that no server runs on. */
export interface OfflineOptions {
  readonly dataDir: string;
  readonly cwd: string;
  readonly env: Environment;
}

/**
 * Makes changes where no server runs: they hold from the next start. No plugin's code runs, so what a plugin would say to
 * them is told at that start.
 * @throws what `Change` may be refused with
 */
export async function changeOffline(changes: readonly Change[], { dataDir, cwd, env }: OfflineOptions): Promise<void> {
  const configFile = findConfigFile(cwd, env);
  const file = configFile === undefined ? undefined : await readConfig(configFile, env);
  const installed = openInstalledPlugins({
    lockfile: lockfilePath(dataDir, configFile),
    dataDir,
    sharedVersion: undefined,
  });
  const folder = configFile === undefined ? '.' : dirname(configFile);
  const stored = openCompositionFile(dataDir);
  const entries = mergeLayers(shippedEntries(env), file === undefined ? [] : fileEntries(file)).map(toEntry);
  const before = stored.versions().at(-1)?.entries ?? {};
  const isThere = (id: string) => id in before || entries.some((entry) => entry.id === id);
  const lasting = changes.filter((change) => {
    // The lockfile says which code is used; a config file may name a plugin before it comes and after it went.
    if (change.do === 'update') return false;
    if (change.do === 'add') return !isThere(change.id ?? change.use);
    return change.do !== 'remove' || isThere(change.id);
  });
  if (lasting.length === 0) return;
  const changed = await applyChanges(lasting, {
    entries,
    changes: before,
    loader: createPluginLoader({ given: new Map(), folder, installed }),
    // Where there is no root key yet, none is made before there is something to seal.
    seal: createSeal(() =>
      createKeyDerivation(readRootKey(resolve(dataDir), env['PARLEY_SECRET']))('@host', 'composition'),
    ),
    states: new Map(),
    mayAddAny: true,
  });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const version = { at: new Date().toISOString(), by: 'operator', via: 'socket' as const, summary: changed.summary };
  (await stored.prepare({ ...version, entries: changed.changes })).commit();
}

/** As much of an entry as changes are worked out from: nothing is loaded. */
const toEntry = (base: ReturnType<typeof mergeLayers>[number]): Entry =>
  ({ ...base, id: base.id ?? base.use, changed: undefined, loaded: undefined }) as unknown as Entry;
