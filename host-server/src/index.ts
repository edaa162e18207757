/** The Node host: transport, composition, static files, health. */
export { shippedPlugins } from './composition/shipped.ts';
export { readHostOptions } from './read-host-options.ts';
export { runHost } from './run-host.ts';
export { startHost } from './start-host.ts';
