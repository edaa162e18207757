import type { JsonSchema } from './json-schema.ts';
import { readSchema } from './read-shape.ts';

/** What a new item of a list or record starts as; `undefined` where something must be entered first. */
export function emptyValue(schema: JsonSchema, root: JsonSchema): unknown {
  const { shape, schema: own } = readSchema(schema, root);
  if (own.default !== undefined) return own.default;
  switch (shape.kind) {
    case 'object':
    case 'record':
      return {};
    case 'list':
      return [];
    case 'boolean':
      return false;
    case 'choice':
      return shape.options[0];
    case 'variants':
      return { [shape.discriminator]: shape.variants[0]?.value };
    default:
      return undefined;
  }
}
