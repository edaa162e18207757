/** The Node host: transport, composition, static files, health. */
export { changeOffline } from './composition/change-offline.ts';
export { configSchema, inspectConfig } from './composition/inspect-config.ts';
export type { ConfigInspection, InspectedEntry, InspectedSetting } from './composition/inspect-config.ts';
export { findConfigFile } from './composition/read-config.ts';
export { shippedPlugins } from './composition/shipped.ts';
export { readHostOptions } from './read-host-options.ts';
export { runHost } from './run-host.ts';
export { startHost } from './start-host.ts';
