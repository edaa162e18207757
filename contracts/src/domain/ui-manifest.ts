import * as z from 'zod';
import { defineContract, op } from '../define/contract.ts';

/** One contribution of a plugin to a slot, as the shell lays it out before any code loads. */
export const ManifestContribution = z.object({
  slot: z.string(),
  pluginId: z.string(),
  id: z.string(),
  key: z.string().optional(),
  title: z.string().optional(),
  icon: z.string().optional(),
  /** Shown only to who holds it. */
  permission: z.string().optional(),
  order: z.number(),
});
export type ManifestContribution = z.output<typeof ManifestContribution>;

/** The web side of one plugin: `entry` is the address of its federated remote; built into the shell without one. */
export const ManifestPlugin = z.object({
  id: z.string(),
  version: z.string(),
  /** Name of the federated container; new with each build. */
  remote: z.string().optional(),
  /** Content-addressed path on our own origin, for example `/ui/<hash>/remoteEntry.js`. */
  entry: z.string().optional(),
  /** Subresource integrity of the entry. */
  integrity: z.string().optional(),
  /** Ids of the contracts it serves, under which a page keeps what it has read. */
  contracts: z.array(z.string()).optional(),
});
export type ManifestPlugin = z.output<typeof ManifestPlugin>;

/** What the shell needs to lay the page out. */
export const UiManifest = z.object({ plugins: z.array(ManifestPlugin), contributions: z.array(ManifestContribution) });
export type UiManifest = z.output<typeof UiManifest>;

/** What anybody may know of this installation before signing in. */
export const ClientConfig = z.object({
  name: z.string(),
  version: z.string(),
  /** Settings a plugin marked visible to browsers, by plugin id. */
  plugins: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type ClientConfig = z.output<typeof ClientConfig>;

/** A web side that failed in somebody's page. */
export const PageError = z.object({
  pluginId: z.string().min(1).max(100),
  /** Where it failed: `thread.panel/notes`; absent when its module could not be loaded or started. */
  place: z.string().max(200).optional(),
  message: z.string().max(1_000),
  /** Whether that page has stopped the web side until it is loaded again. */
  isStopped: z.boolean(),
});
export type PageError = z.output<typeof PageError>;

/** Operations of the host itself. */
export const hostContract = defineContract('host', '1.0.0', {
  config: op({
    method: 'GET',
    path: '/api/config',
    access: 'public',
    summary: 'What anybody may know of this installation.',
    input: z.object({}),
    output: ClientConfig,
  }),
  uiManifest: op({
    method: 'GET',
    path: '/api/ui/manifest',
    access: 'public',
    summary: 'Plugins with a web side and where they show.',
    input: z.object({}),
    output: UiManifest,
  }),
  reportPageError: op({
    method: 'POST',
    path: '/api/ui/errors',
    access: 'user',
    summary: 'Tells that a web side failed in this page.',
    input: PageError,
    output: z.void(),
    status: 204,
  }),
});
