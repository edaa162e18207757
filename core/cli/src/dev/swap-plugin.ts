import { isAppError } from '@parley/contracts';
import { buildPackage } from '../plugin-build/build-package.ts';
import { addPlugin, updatePlugin } from '../plugin-install/add-plugin.ts';
import type { InstallDeps } from '../plugin-install/add-plugin.ts';
import { hostAddress, hostOffer } from '../plugin-install/host-offer.ts';
import { lockedOf } from '../plugin-install/installation.ts';
import { openPlaces } from '../plugin-install/places.ts';
import { readSettings } from '../plugin-install/read-settings.ts';

interface SwapOptions {
  readonly dir: string;
  /** `name=value`, for the first time. */
  readonly settings: readonly string[];
  readonly print: (line: string) => void;
}

/**
 * What builds the plugin of a folder and puts it into the server that runs beside, in place of the one that is there.
 * Everything it asks for is granted: its author is its operator here. Problems are printed, never thrown.
 */
export async function createSwap({ dir, settings, print }: SwapOptions): Promise<() => Promise<void>> {
  const { dataDir, lockfile, applyChanges } = await openPlaces({});
  const deps: InstallDeps = {
    installation: { dataDir, lockfile, offer: hostOffer() },
    cwd: dir,
    answers: { isYes: true },
    applyChanges,
    settings: readSettings(settings),
    print: () => undefined,
  };
  return async () => {
    const startedMs = performance.now();
    try {
      const { manifest } = await buildPackage({ dir, from: hostAddress(), hasTypes: false });
      const isNew = lockedOf(deps.installation, manifest.plugin.id) === undefined;
      const outcome = await (isNew ? addPlugin(dir, deps) : updatePlugin(dir, deps));
      print(`${seconds(startedMs)}  ${outcome.replace(/^plugin (add|update): /, '')}`);
    } catch (error) {
      print(
        `${seconds(startedMs)}  not swapped in: ${isAppError(error) ? `${error.code}: ${error.message}` : String(error)}`,
      );
    }
  };
}

const seconds = (startedMs: number): string => `${((performance.now() - startedMs) / 1_000).toFixed(1)} s`.padStart(6);
