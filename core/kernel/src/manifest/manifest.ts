import { storageDriver } from '@parley/contracts';
import type { AnyCapability, Arity, EntityScope, Need } from '@parley/contracts';
import major from 'semver/functions/major.js';
import * as z from 'zod';
import type { AnyPlugin, Permissions, PluginUi } from '../define-plugin.ts';
import type { JsonSchema } from './json-schema.ts';
import { secretPaths } from './secret-paths.ts';

/** How a plugin depends on a capability. */
export type NeedKind = 'required' | 'optional' | 'live';

/** A capability that a plugin uses. */
export interface ManifestNeed {
  readonly capability: string;
  /** Semver range of the interface: the major it was compiled with. */
  readonly range: string;
  readonly arity: Arity;
  readonly need: NeedKind;
}

/** A capability that a plugin provides. */
export interface ManifestProvision {
  readonly capability: string;
  readonly version: string;
  readonly arity: Arity;
}

/** The static part of a plugin as plain data: everything that can be known before any of its code runs. */
export interface PluginManifest {
  /** Its id in the composition. */
  readonly id: string;
  /** The plugin's own id; another one when it is used several times. */
  readonly plugin: string;
  readonly version: string;
  /** Semver range of the kernel's API. */
  readonly kernel: string;
  readonly critical: boolean;
  readonly requires: readonly ManifestNeed[];
  readonly provides: readonly ManifestProvision[];
  /** Absent when the plugin takes no settings. */
  readonly configSchema?: JsonSchema;
  /** Ids of the hooks it taps. */
  readonly hooks: readonly string[];
  /** Its entities: what it keeps records of. */
  readonly storage: readonly { readonly name: string; readonly version: number; readonly scope: EntityScope }[];
  /** Paths of its secret settings: `apiKey`, `servers[].token`. */
  readonly secrets: readonly string[];
  readonly permissions: Required<Permissions>;
  readonly ui?: PluginUi;
}

/** The capability behind an entry of `requires`, and how it is needed. */
export const splitNeed = (need: Need): { readonly capability: AnyCapability; readonly need: NeedKind } =>
  'need' in need ? need : { capability: need, need: 'required' };

const hasEntities = (plugin: AnyPlugin): boolean => (plugin.entities ?? []).length > 0;

/** The capabilities a plugin can not start without; entities need the storage driver. */
export function requiredCapabilities(plugin: AnyPlugin): readonly AnyCapability[] {
  const required = Object.values(plugin.requires ?? {})
    .map(splitNeed)
    .filter(({ need }) => need === 'required')
    .map(({ capability }) => capability);
  const isDriverNamed = required.some(({ id }) => id === storageDriver.id);
  return hasEntities(plugin) && !isDriverNamed ? [...required, storageDriver] : required;
}

function needsOf(plugin: AnyPlugin): readonly ManifestNeed[] {
  const others = Object.values(plugin.requires ?? {})
    .map(splitNeed)
    .filter(({ need }) => need !== 'required');
  const required = requiredCapabilities(plugin).map((capability) => ({ capability, need: 'required' as const }));
  return [...required, ...others].map(({ capability, need }) => ({
    capability: capability.id,
    range: `^${major(capability.version)}`,
    arity: capability.arity,
    need,
  }));
}

/** The manifest of a plugin under its id in the composition. A plugin with entities needs the storage driver. */
export function manifestOf(plugin: AnyPlugin, id: string = plugin.id): PluginManifest {
  const { version, kernel, critical = false, provides = [], hooks = [], entities = [], permissions = {}, ui } = plugin;
  const configSchema = plugin.config && z.toJSONSchema(plugin.config, { io: 'input', unrepresentable: 'any' });
  return {
    id,
    plugin: plugin.id,
    version,
    kernel,
    critical,
    requires: needsOf(plugin),
    provides: provides.map((each) => ({ capability: each.id, version: each.version, arity: each.arity })),
    ...(configSchema === undefined ? {} : { configSchema }),
    hooks: hooks.map(({ id: hook }) => hook),
    storage: entities.map((entity) => ({ name: entity.name, version: entity.version, scope: entity.scope })),
    secrets: configSchema === undefined ? [] : secretPaths(configSchema),
    permissions: { network: permissions.network ?? [], declares: permissions.declares ?? [] },
    ...(ui === undefined ? {} : { ui }),
  };
}
