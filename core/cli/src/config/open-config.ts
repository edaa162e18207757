import type { Origin, PluginEntryView } from '@parley/contracts';
import { environmentOf } from '../operate/server.ts';
import type { PlaceValues } from '../operate/server.ts';

/** One setting as it holds, secrets left out. */
interface InspectedSetting {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: string;
}

/** One plugin of a configuration with everything that holds for it. */
export interface InspectedPlugin extends PluginEntryView {
  readonly source: Origin;
  readonly effective: readonly InspectedSetting[];
}

/** A configuration as a server would start with it. */
export interface Inspection {
  readonly configFile: string | undefined;
  readonly problems: readonly string[];
  readonly entries: readonly InspectedPlugin[];
  readonly unchanged: readonly PluginEntryView[];
  readonly tree: Readonly<Record<string, unknown>>;
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The part of the server host that reads configurations. */
interface ConfigDoor {
  inspectConfig(surroundings: Surroundings): Promise<Inspection>;
  configSchema(surroundings: Surroundings): Promise<unknown>;
}

/** Found at run time: core stands below the hosts. */
const HOST: string = '@parley/host-server';

/** Reads the configuration of a folder; needs no server. */
export async function openConfig(values: PlaceValues, cwd: string = process.cwd()) {
  const host = (await import(HOST)) as ConfigDoor;
  const surroundings = { cwd, env: environmentOf(values) };
  return {
    inspect: () => host.inspectConfig(surroundings),
    schema: () => host.configSchema(surroundings),
  };
}
