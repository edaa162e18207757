import type { JsonSchema } from './json-schema.ts';

const schemasIn = (value: unknown): readonly JsonSchema[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (each): each is JsonSchema => typeof each === 'object' && each !== null && !Array.isArray(each),
  );

/** The schemas of the parts of a value, each with the path from it. */
function partsOf(schema: JsonSchema): readonly (readonly [path: string, part: JsonSchema])[] {
  const under = (path: string, key: string) => schemasIn(schema[key]).map((part) => [path, part] as const);
  const properties = schemasIn(schema['properties']).flatMap((each) => Object.entries(each));
  return [
    ...properties.flatMap(([name, property]) => schemasIn(property).map((part) => [`.${name}`, part] as const)),
    ...['items', 'prefixItems'].flatMap((key) => under('[]', key)),
    ...under('.*', 'additionalProperties'),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => under('', key)),
  ];
}

/** Where the settings of a schema hold secrets: `apiKey`, `servers[].token`, `tokens.*`. */
export function secretPaths(schema: JsonSchema): readonly string[] {
  const paths = new Set<string>();
  const walk = (part: JsonSchema, path: string, depth: number): void => {
    if (part['format'] === 'secret') paths.add(path.replace(/^\./, ''));
    // A schema that refers to itself stands for values of any depth; its names repeat.
    if (depth < 16) for (const [step, inner] of partsOf(part)) walk(inner, path + step, depth + 1);
  };
  walk(schema, '', 0);
  return [...paths];
}
