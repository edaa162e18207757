import type { JsonSchema } from '../manifest/json-schema.ts';
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

/** A plugin as a config file names it. */
export interface KnownPlugin {
  readonly use: string;
  /** Absent when it takes no settings. */
  readonly settingsSchema?: JsonSchema;
}

/** A name that may stand in a reference, whatever a plugin is called by. */
const nameOf = (use: string): string => use.replace(/[^\w.-]/g, '_');

/** The schema of a whole config file, with the settings of the plugins that are known; for editors. */
export function createConfigSchema(plugins: readonly KnownPlugin[]): JsonSchema {
  const definitions: Record<string, unknown> = {};
  const rules = plugins.map(({ use, settingsSchema }) => {
    const name = nameOf(use);
    const {
      $schema: _dialect,
      $defs,
      ...settings
    }: JsonSchema = settingsSchema ?? { type: 'object', maxProperties: 0 };
    for (const [part, schema] of Object.entries($defs ?? {})) definitions[`${name}.${part}`] = relocate(schema, name);
    definitions[name] = relocate(settings, name);
    return {
      if: { properties: { use: { const: use } }, required: ['use'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { config: { $ref: `#/$defs/${name}` } } },
    };
  });
  const properties = propertiesOf(configFileSchema);
  const items = properties['plugins']?.['items'] as JsonSchema;
  const use = {
    anyOf: [{ enum: [...new Set(plugins.map((plugin) => plugin.use))] }, { type: 'string', minLength: 1 }],
  };
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
