import type * as z from 'zod';
import { invalidInput } from './invalid-input.ts';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def;

function takesArray(schema: z.core.$ZodType): boolean {
  const { type, innerType, in: source } = definitionOf(schema);
  if (type === 'array') return true;
  const inner = innerType ?? source;
  return inner !== undefined && takesArray(inner);
}

/** Names of the fields of an input schema that are arrays, also optional ones and ones with a default. */
export function arrayFields(schema: z.core.$ZodType): ReadonlySet<string> {
  const { shape, innerType, in: source } = definitionOf(schema);
  const inner = innerType ?? source;
  if (!shape) return inner ? arrayFields(inner) : new Set();
  return new Set(Object.keys(shape).filter((name) => takesArray(shape[name] as z.core.$ZodType)));
}

/**
 * The fields of a query text.
 * @throws HOST_INVALID_INPUT when a parameter comes twice that is not an array
 */
export function readQuery(search: string, arrays: ReadonlySet<string>): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of new URLSearchParams(search)) {
    if (arrays.has(name)) {
      query[name] = [...((query[name] as string[] | undefined) ?? []), value];
    } else if (name in query) {
      throw invalidInput([{ path: name, message: 'Given more than once' }]);
    } else query[name] = value;
  }
  return query;
}
