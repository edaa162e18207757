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
        const { version, plugins } = await online.apply({ changes: [...changes] });
        const states = plugins.map(({ id, state, reason }) => `${id} is ${state}${reason ? `: ${reason}` : ''}`);
        return [`composition ${version} runs`, ...states].join(', ');
      } catch (error) {
        if (!isAppError(error, 'HOST_NOT_RUNNING')) throw error;
      }
      // An update changes the lockfile only; the next start reads it.
      const lasting = changes.filter((change) => change.do !== 'update');
      if (lasting.length > 0) await host.changeOffline(lasting, { dataDir, cwd, env });
      return 'no server runs here: it holds from the next start';
    },
  };
}
