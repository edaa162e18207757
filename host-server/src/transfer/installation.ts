import { resolve } from 'node:path';
import { kernelContract } from '@parley/contracts';
import { isAppError } from '@parley/contracts';
import { findConfigFile } from '../composition/read-config.ts';
import type { Environment } from '../composition/shipped.ts';
import { createControlClient } from '../control/control-client.ts';
import { transferErrors } from './transfer-errors.ts';

/** Where a command is run. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Environment;
}

/** An installation as a server started there would find it. */
export interface Installation extends Surroundings {
  readonly dataDir: string;
  readonly configFile: string | undefined;
}

/** @throws HOST_BAD_SETTING when PARLEY_CONFIG names no file */
export const findInstallation = ({ cwd, env }: Surroundings): Installation => ({
  cwd,
  env,
  dataDir: resolve(cwd, env['PARLEY_DATA'] || 'data'),
  configFile: findConfigFile(cwd, env),
});

/** @throws TRANSFER_RUNNING when a server answers on the data folder */
export async function assertStopped({ dataDir }: Installation): Promise<void> {
  try {
    await createControlClient(kernelContract, dataDir).history({});
  } catch (error) {
    if (isAppError(error, 'HOST_NOT_RUNNING')) return;
    throw error;
  }
  throw transferErrors.RUNNING({ dataDir });
}
