import type { HostModule, PluginUse } from '@parley/kernel';

/** The door of the server host as tests need it. */
export interface HostDoor extends HostModule {
  shippedPlugins(env?: Readonly<Record<string, string | undefined>>): Promise<readonly PluginUse[]>;
}

/** A host's name is a run-time fact here: core stands below the hosts and must not import one. */
const HOST: string = '@parley/host-server';

/**
 * The public door of the server host, found at run time in the project that runs the tests. It is the one place where
 * core reaches a host: tests want the real transport, and a second one made for tests would prove nothing.
 */
export const loadHost = async (): Promise<HostDoor> => (await import(HOST)) as HostDoor;
