import * as z from 'zod';

/** A JSON Schema, or another object of an OpenAPI document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns zod schemas into JSON Schema and keeps the shared parts. */
export interface Schemas {
  /** Puts a schema below `#/components/schemas/<name>`. */
  define(name: string, schema: z.ZodType): void;
  /** The schema itself; parts that refer to themselves go below the components, prefixed with `label`. */
  inline(schema: z.ZodType, side: 'input' | 'output', label: string): JsonSchema;
  all(): Readonly<Record<string, JsonSchema>>;
}

/** Rewrites references into one schema so that they hold inside the whole document. */
function relocate(value: unknown, rename: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => relocate(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? rename(item) : relocate(item, rename),
    ]),
  );
}

/** Shape: what JSON Schema can't say, such as a transformation, is described as any value. */
export function createSchemas(): Schemas {
  const components: Record<string, JsonSchema> = {};
  const convert = (schema: z.ZodType, side: 'input' | 'output', prefix: string): JsonSchema => {
    const raw = z.toJSONSchema(schema, { io: side, unrepresentable: 'any', target: 'draft-2020-12' });
    const { $schema: _dialect, $defs = {}, ...rest } = raw;
    const whole = `${prefix}.${side}`;
    const rename = (ref: string) =>
      `#/components/schemas/${ref === '#' ? whole : `${whole}.${ref.replace('#/$defs/', '')}`}`;
    for (const [name, part] of Object.entries($defs)) {
      components[`${whole}.${name}`] = relocate(part, rename) as JsonSchema;
    }
    const located = relocate(rest, rename) as JsonSchema;
    if (JSON.stringify(raw).includes('"$ref":"#"')) components[whole] = located;
    return located;
  };
  return {
    define: (name, schema) => {
      components[name] = convert(schema, 'output', name);
    },
    inline: (schema, side, label) => convert(schema, side, label),
    all: () => components,
  };
}
