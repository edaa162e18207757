/** The Node host: transport, composition, static files, health. */
export { changeOffline } from './composition/change-offline.ts';
export { findConfigFile } from './composition/read-config.ts';
export { shippedPlugins } from './composition/shipped.ts';
export { readHostOptions } from './read-host-options.ts';
export { runHost } from './run-host.ts';
export { startHost } from './start-host.ts';
