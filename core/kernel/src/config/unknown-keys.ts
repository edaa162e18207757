import type { JsonSchema } from '../manifest/json-schema.ts';

/** A key of some settings that no schema knows. */
export interface UnknownKey {
  readonly path: readonly PropertyKey[];
  /** Keys that are known in its place. */
  readonly known: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemasOf = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The schemas that may describe one value: itself, what it refers to, and its alternatives. */
function alternatives(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const target = typeof schema['$ref'] === 'string' ? schema['$ref'].replace(/^#\/\$defs\//, '') : undefined;
  const definitions = isObject(root['$defs']) ? root['$defs'] : {};
  const referred = target === undefined ? undefined : definitions[target];
  if (isObject(referred)) return alternatives(referred, root);
  const nested = [...schemasOf(schema['anyOf']), ...schemasOf(schema['oneOf']), ...schemasOf(schema['allOf'])];
  return [schema, ...nested.flatMap((each) => alternatives(each, root))];
}

/** Every key in `value` that the JSON Schema does not know, at any depth. */
export function unknownKeys(
  schema: JsonSchema,
  value: unknown,
  path: readonly PropertyKey[] = [],
  root: JsonSchema = schema,
): readonly UnknownKey[] {
  const choices = alternatives(schema, root);
  if (Array.isArray(value)) {
    const items = choices.map((each) => each['items']).find(isObject);
    return items === undefined ? [] : value.flatMap((item, index) => unknownKeys(items, item, [...path, index], root));
  }
  if (!isObject(value)) return [];
  const rest = choices.map((each) => each['additionalProperties']).find(isObject);
  const properties: Record<string, unknown> = Object.assign({}, ...choices.map((each) => each['properties']));
  const isOpen = choices.every((each) => each['properties'] === undefined);
  return Object.entries(value).flatMap(([key, item]) => {
    const property = Object.hasOwn(properties, key) ? properties[key] : rest;
    if (isObject(property)) return unknownKeys(property, item, [...path, key], root);
    return isOpen ? [] : [{ path: [...path, key], known: Object.keys(properties) }];
  });
}
