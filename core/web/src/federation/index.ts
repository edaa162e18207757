/** Loading of federated web sides; a chunk of its own, fetched when the first one is needed. */
export { createFederation } from './create-federation.ts';
export type { FederationOptions, SharedModule } from './create-federation.ts';
