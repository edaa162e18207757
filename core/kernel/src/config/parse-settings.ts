import type * as z from 'zod';
import type { PluginUse } from '../composition-api.ts';
import type { ConfigSource } from '../kernel-api.ts';
import type { JsonSchema } from '../manifest/json-schema.ts';
import type { PluginManifest } from '../manifest/manifest.ts';
import type { Problem } from '../manifest/resolve.ts';
import { suggestion } from '../nearest-name.ts';
import { unknownKeys } from './unknown-keys.ts';

/** Settings of one plugin after its schema, and everything wrong with them. */
export interface ParsedSettings {
  readonly settings: unknown;
  readonly problems: readonly Problem[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Where a setting stands, as far as it is known: `parley.config.yaml:12: notes.maxNotes`. */
function placeOf(id: string, path: readonly PropertyKey[], source: ConfigSource | undefined): string {
  const name = [id, ...path.map(String)].join('.');
  const place = source?.place(id, path);
  return place === undefined ? name : `${place}: ${name}`;
}

function problemsOf(issues: readonly z.core.$ZodIssue[], at: (path: readonly PropertyKey[]) => string): string[] {
  return issues
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map(({ path, message }) => `${at(path)}: ${message}`);
}

function checkVisible(id: string, schema: JsonSchema | undefined): Problem[] {
  const properties = Object.entries((schema?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>);
  return properties
    .filter(([, property]) => property['visibility'] === 'client' && property['format'] === 'secret')
    .map(([name]) => ({ pluginId: id, text: `${id}.${name} is a secret and can not be visible to browsers` }));
}

/** Parses the settings of one plugin; unknown keys are problems, with the nearest name there is. */
export function parseSettings(use: PluginUse, manifest: PluginManifest, source?: ConfigSource): ParsedSettings {
  const { id } = manifest;
  const at = (path: readonly PropertyKey[]) => placeOf(id, path, source);
  if (use.plugin.config === undefined || manifest.configSchema === undefined) {
    if (isEmpty(use.config)) return { settings: undefined, problems: [] };
    return { settings: undefined, problems: [{ pluginId: id, text: `${at([])}: this plugin takes no settings` }] };
  }
  const given = use.config ?? {};
  const unknown = unknownKeys(manifest.configSchema, given).map(
    ({ path, known }) => `${at(path)}: unknown setting; ${suggestion(String(path.at(-1)), known)}`,
  );
  const parsed = use.plugin.config.safeParse(given);
  const wrong = parsed.success ? [] : problemsOf(parsed.error.issues, at);
  return {
    settings: parsed.success ? parsed.data : undefined,
    problems: [
      ...[...unknown, ...wrong].map((text) => ({ pluginId: id, text })),
      ...checkVisible(id, manifest.configSchema),
    ],
  };
}

/** The settings a browser may see: those whose schema has `visibility: 'client'`. */
export function clientSettings(manifest: PluginManifest, settings: unknown): Readonly<Record<string, unknown>> {
  if (typeof settings !== 'object' || settings === null) return {};
  const properties = (manifest.configSchema?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => properties[name]?.['visibility'] === 'client'));
}
