import { type Change, isAppError } from '@parley/contracts';
import { lockfilePath } from '@parley/package';
import { dataDirOf, environmentOf, openServer } from '../operate/server.ts';
import type { ApplyChanges } from './apply-changes.ts';

/** Where an installation lies and how its composition is changed. */
export interface Places {
  readonly dataDir: string;
  readonly lockfile: string;
  readonly applyChanges: ApplyChanges;
}

/** Found at run time: core stands below the hosts. */
const HOST: string = '@parley/host-server';

interface OfflineHost {
  readonly findConfigFile: (cwd: string, env: NodeJS.ProcessEnv) => string | undefined;
  readonly changeOffline: (
    changes: readonly Change[],
    options: { readonly dataDir: string; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ) => Promise<void>;
}

/** A config file may name a plugin before it is installed, and no longer name it when it is removed. */
export const neededChanges = (changes: readonly Change[], entries: readonly string[]): readonly Change[] =>
  changes.flatMap((change): Change[] => {
    if (change.do === 'remove') return entries.includes(change.id) ? [change] : [];
    if (change.do !== 'add' || !entries.includes(change.use)) return [change];
    const { use: id, settings } = change;
    return [{ do: 'update', id }, ...(settings ? [{ do: 'configure' as const, id, settings }] : [])];
  });

/** The installation that a server started in this folder would have. @throws HOST_BAD_SETTING */
export async function openPlaces(given: { readonly data?: string; readonly config?: string }): Promise<Places> {
  const env = environmentOf(given);
  const cwd = process.cwd();
  const dataDir = dataDirOf(given);
  const host = (await import(HOST)) as OfflineHost;
  const online = await openServer(dataDir);
  return {
    dataDir,
    lockfile: lockfilePath(dataDir, host.findConfigFile(cwd, env)),
    async applyChanges(changes) {
      try {
        const entries = (await online.plugins({})).plugins.map(({ id }) => id);
        const needed = neededChanges(changes, entries);
        if (needed.length === 0) return 'the composition does not name it';
        const { version, plugins } = await online.apply({ changes: [...needed] });
        const states = plugins.map(({ id, state, reason }) => `${id} is ${state}${reason ? `: ${reason}` : ''}`);
        return [`composition ${version} runs`, ...states].join(', ');
      } catch (error) {
        if (!isAppError(error, 'HOST_NOT_RUNNING')) throw error;
      }
      await host.changeOffline(changes, { dataDir, cwd, env });
      return 'no server runs here: it holds from the next start';
    },
  };
}
