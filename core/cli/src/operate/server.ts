import { resolve } from 'node:path';
import { kernelContract } from '@parley/contracts';
import type { Client, Contract, Operations } from '@parley/contracts';

/** Found at run time: core stands below the hosts. */
const CONTROL: string = '@parley/host-server/control';

interface ControlDoor {
  readonly createControlClient: <O extends Operations>(contract: Contract<O>, dataDir: string) => Client<O>;
}

/** The operator's client of a server. */
export type Server = Client<typeof kernelContract.operations>;

/** Where the commands that work on an installation look; the options every one of them takes. */
export const PLACE_OPTIONS = { data: { type: 'string' }, config: { type: 'string' } } as const;

/** The values of `PLACE_OPTIONS`. */
export interface PlaceValues {
  readonly data?: string | undefined;
  readonly config?: string | undefined;
}

/** The data folder that is meant: `--data`, PARLEY_DATA, or `data`. */
export const dataDirOf = ({ data }: PlaceValues): string => resolve(data ?? (process.env['PARLEY_DATA'] || 'data'));

/** The environment with what the command line says over it. */
export const environmentOf = ({ data, config }: PlaceValues): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(data === undefined ? {} : { PARLEY_DATA: data }),
  ...(config === undefined ? {} : { PARLEY_CONFIG: config }),
});

/** The server that runs on a data folder. Each of its calls throws HOST_NOT_RUNNING when there is none. */
export async function openServer(dataDir: string): Promise<Server> {
  const { createControlClient } = (await import(CONTROL)) as ControlDoor;
  return createControlClient(kernelContract, dataDir);
}
