import { isPlainObject, type JsonSchema } from './json-schema.ts';

/** One named value of an object. */
export interface ObjectField {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** One of several objects that a value may be. */
export interface Variant {
  /** The value of the discriminating key. */
  readonly id: string;
  readonly value: unknown;
  readonly fields: readonly ObjectField[];
}

/** How a value is edited. */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'secret' }
  | { readonly kind: 'number'; readonly isInteger: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly unknown[] }
  | { readonly kind: 'list'; readonly items: JsonSchema }
  | { readonly kind: 'object'; readonly fields: readonly ObjectField[] }
  | { readonly kind: 'record'; readonly values: JsonSchema }
  | { readonly kind: 'variants'; readonly discriminator: string; readonly variants: readonly Variant[] }
  | { readonly kind: 'json' };

/** How a schema reads: its references followed, `null` set apart, and the way its value is edited. */
export interface ReadSchema {
  readonly schema: JsonSchema;
  readonly isNullable: boolean;
  readonly shape: Shape;
}

/** Reads one schema of the document `root`. */
export function readSchema(given: JsonSchema, root: JsonSchema): ReadSchema {
  const { schema, isNullable } = withoutNull(follow(given, root), root);
  return { schema, isNullable, shape: shapeOf(schema, root) };
}

/** The fields of an object schema, in their order. */
export function fieldsOf(schema: JsonSchema): readonly ObjectField[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([key, field]) => ({ key, schema: field, isRequired: required.includes(key) }));
}

const MOST_REFERENCES = 8;

function follow(given: JsonSchema, root: JsonSchema): JsonSchema {
  let schema = given;
  for (let step = 0; schema.$ref !== undefined && step < MOST_REFERENCES; step += 1) {
    const { $ref, ...own } = schema;
    const found = lookUp($ref, root);
    if (found === undefined) return own;
    schema = { ...found, ...own };
  }
  return schema;
}

function lookUp(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined;
  const names = reference.slice(1).split('/').filter(Boolean);
  const found = names.reduce<unknown>(
    (value, name) => (isPlainObject(value) ? value[unescapeName(name)] : undefined),
    root,
  );
  return isPlainObject(found) ? found : undefined;
}

const unescapeName = (name: string): string => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');

function withoutNull(schema: JsonSchema, root: JsonSchema): Pick<ReadSchema, 'schema' | 'isNullable'> {
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const types = schema.type.filter((type) => type !== 'null');
    return { schema: { ...schema, type: types.length === 1 ? (types[0] as string) : types }, isNullable: true };
  }
  const rest = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (rest === undefined || rest.length === schema.anyOf?.length) return { schema, isNullable: false };
  const { anyOf: _, ...own } = schema;
  const [only] = rest;
  const found = rest.length === 1 && only ? { ...follow(only, root), ...own } : { ...own, anyOf: rest };
  return { schema: found, isNullable: true };
}

function shapeOf(schema: JsonSchema, root: JsonSchema): Shape {
  if (schema.allOf !== undefined) return { kind: 'json' };
  const options = optionsOf(schema);
  if (options) return { kind: 'choice', options };
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return variantsOf(variants.map((variant) => follow(variant, root))) ?? { kind: 'json' };
  switch (schema.type) {
    case 'string':
      return { kind: schema.writeOnly || schema.format === 'secret' ? 'secret' : 'text' };
    case 'number':
    case 'integer':
      return { kind: 'number', isInteger: schema.type === 'integer' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return isPlainObject(schema.items) && !schema.prefixItems
        ? { kind: 'list', items: schema.items }
        : { kind: 'json' };
    case 'object':
      return objectShape(schema);
    default:
      return { kind: 'json' };
  }
}

function objectShape(schema: JsonSchema): Shape {
  const fields = fieldsOf(schema);
  if (fields.length > 0) return { kind: 'object', fields };
  const { additionalProperties } = schema;
  return isPlainObject(additionalProperties) ? { kind: 'record', values: additionalProperties } : { kind: 'json' };
}

const isWord = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

function optionsOf({ enum: listed, const: only, anyOf, oneOf }: JsonSchema): readonly unknown[] | undefined {
  const consts = (anyOf ?? oneOf)?.map((one) => one.const);
  const options = listed ?? (only === undefined ? consts : [only]);
  return options !== undefined && options.length > 0 && options.every(isWord) ? options : undefined;
}

/** Objects that differ by the constant of one key; anything else can't be chosen between by a form. */
function variantsOf(schemas: readonly JsonSchema[]): Shape | undefined {
  const constants = schemas.map(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, field]) => (isWord(field.const) ? [[key, field.const] as const] : [])),
  );
  const discriminator = constants[0]?.find(([key]) =>
    constants.every((found) => found.some(([name]) => name === key)),
  )?.[0];
  if (discriminator === undefined) return undefined;
  const variants = schemas.map((schema, index) => {
    const value = constants[index]?.find(([key]) => key === discriminator)?.[1];
    return { id: String(value), value, fields: fieldsOf(schema).filter(({ key }) => key !== discriminator) };
  });
  const isClear = new Set(variants.map(({ id }) => id)).size === variants.length;
  return isClear ? { kind: 'variants', discriminator, variants } : undefined;
}
