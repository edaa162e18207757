import { isPlainObject, type JsonSchema, type ValuePath } from './json-schema.ts';
import { readSchema } from './read-shape.ts';

/** The longest part of a path that has a field in the form of this schema and value; `[]` is the form itself. */
export function placeOf(schema: JsonSchema, value: unknown, path: ValuePath): ValuePath {
  let current: JsonSchema | undefined = schema;
  let inner = value;
  let length = 0;
  for (const part of path) {
    current = childOf(current, inner, part, schema);
    if (current === undefined) break;
    inner = isPlainObject(inner) || Array.isArray(inner) ? (inner as Record<string, unknown>)[part] : undefined;
    length += 1;
  }
  return path.slice(0, length);
}

function childOf(schema: JsonSchema, value: unknown, part: string | number, root: JsonSchema): JsonSchema | undefined {
  const { shape } = readSchema(schema, root);
  switch (shape.kind) {
    case 'object':
      return shape.fields.find(({ key }) => key === part)?.schema;
    case 'list':
      return shape.items;
    case 'record':
      return isPlainObject(value) && String(part) in value ? shape.values : undefined;
    case 'variants': {
      const chosen = isPlainObject(value) ? value[shape.discriminator] : undefined;
      const variant = shape.variants.find((one) => one.value === chosen);
      return variant?.fields.find(({ key }) => key === part)?.schema;
    }
    default:
      return undefined;
  }
}
