import type { JsonSchema, PluginManifest } from '../manifest/manifest.ts';
import { configFileSchema } from './config-schema.ts';

/** Moves the references of a schema that becomes a part of another one. */
function relocate(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => relocate(item, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string'
        ? item.replace(/^#(\/\$defs\/)?/, (_match, named) => `#/$defs/${prefix}${named === undefined ? '' : '.'}`)
        : relocate(item, prefix),
    ]),
  );
}

const propertiesOf = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;

/** The schema of a whole config file, with the settings of the plugins that are known; for editors. */
export function createConfigSchema(manifests: readonly PluginManifest[]): JsonSchema {
  const definitions: Record<string, unknown> = {};
  const rules = manifests.map(({ plugin, configSchema }) => {
    const { $schema: _dialect, $defs, ...settings }: JsonSchema = configSchema ?? { type: 'object', maxProperties: 0 };
    for (const [name, part] of Object.entries($defs ?? {})) definitions[`${plugin}.${name}`] = relocate(part, plugin);
    definitions[plugin] = relocate(settings, plugin);
    return {
      if: { properties: { use: { const: plugin } }, required: ['use'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { config: { $ref: `#/$defs/${plugin}` } } },
    };
  });
  const properties = propertiesOf(configFileSchema);
  const items = properties['plugins']?.['items'] as JsonSchema;
  const use = { anyOf: [{ enum: manifests.map(({ plugin }) => plugin) }, { type: 'string', minLength: 1 }] };
  return {
    ...configFileSchema,
    title: 'parley.config.yaml',
    properties: {
      ...properties,
      plugins: {
        ...properties['plugins'],
        items: {
          ...items,
          properties: { ...propertiesOf(items), use: { ...propertiesOf(items)['use'], ...use } },
          allOf: rules,
        },
      },
    },
    $defs: definitions,
  };
}
