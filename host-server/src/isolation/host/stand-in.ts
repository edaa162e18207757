import * as z from 'zod';

type JsonSchema = Readonly<Record<string, unknown>>;

const withJson = <S extends z.ZodType>(schema: S, json: JsonSchema): S => {
  schema._zod.toJSONSchema = () => structuredClone(json);
  return schema;
};

/** Stands for a schema that is in another process: lets everything through, and says what the real one says. */
export const passingSchema = (json: JsonSchema): z.ZodType => withJson(z.unknown(), json);

/** The same for the input of an operation; `arrays` are its lists, which a query alone can not tell. */
export const passingInput = (json: JsonSchema, arrays: readonly string[]): z.ZodType => {
  if (arrays.length === 0) return passingSchema(json);
  const lists = arrays.map((name) => [name, z.array(z.unknown()).optional()] as const);
  return withJson(z.looseObject(Object.fromEntries(lists)), json);
};

/** A schema made from what the real one says; where that can not be done, everything passes. */
export function schemaFrom(json: JsonSchema): z.ZodType {
  try {
    return z.fromJSONSchema(json);
  } catch {
    return passingSchema(json);
  }
}
