import type { Host, HostModule, HostOptions } from '@parley/kernel';

/** The door of the server host as a program needs it. */
export interface HostProgram extends HostModule {
  runHost(overrides?: Partial<HostOptions>): Promise<Host>;
  readHostOptions(surroundings: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<HostOptions>;
}

/** Found at run time: the command starts hosts as programs, and core stands below them. */
const HOST: string = '@parley/host-server';

/** The public door of the server host. */
export const loadHost = async (): Promise<HostProgram> => (await import(HOST)) as HostProgram;
