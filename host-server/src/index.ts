/** The Node host: transport, composition, static files, health. */
export { loadDefaultComposition } from './composition.ts';
export { startHost } from './start-host.ts';
