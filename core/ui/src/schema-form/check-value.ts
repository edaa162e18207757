import { isKeptSecret, isPlainObject, type JsonSchema, type SchemaProblem, type ValuePath } from './json-schema.ts';
import { englishSchemaFormMessages, type SchemaFormMessages } from './messages.ts';
import { type ObjectField, type ReadSchema, readSchema } from './read-shape.ts';

type Words = SchemaFormMessages['wrong'];

/** What a check carries along. */
interface Check {
  readonly root: JsonSchema;
  readonly words: Words;
}

/**
 * What a value lacks, as far as the schema's parts are known; the server has the last word.
 * @see SchemaForm, which shows each problem beside its field
 */
export function checkValue(
  schema: JsonSchema,
  value: unknown,
  words: Words = englishSchemaFormMessages.wrong,
): readonly SchemaProblem[] {
  return checkAt(schema, value, [], { root: schema, words });
}

function checkAt(schema: JsonSchema, value: unknown, path: ValuePath, check: Check): readonly SchemaProblem[] {
  const read = readSchema(schema, check.root);
  if (value === undefined || (value === null && read.isNullable)) return [];
  const { shape } = read;
  const here = (message: string | undefined): readonly SchemaProblem[] =>
    message === undefined ? [] : [{ path, message }];
  switch (shape.kind) {
    case 'text':
      return here(checkText(read.schema, value, check.words));
    case 'secret':
      return isKeptSecret(value) ? [] : here(checkText(read.schema, value, check.words));
    case 'number':
      return here(checkNumber(read.schema, value, shape.isInteger, check.words));
    case 'choice':
      return here(shape.options.includes(value) ? undefined : check.words.choice);
    case 'list':
      return checkList(read, shape.items, value, path, check);
    case 'record':
      return checkRecord(shape.values, value, path, check);
    case 'object':
      return isPlainObject(value) ? checkFields(shape.fields, value, path, check) : here(check.words.object);
    case 'variants': {
      const chosen = isPlainObject(value) ? value[shape.discriminator] : undefined;
      const variant = shape.variants.find((one) => one.value === chosen);
      if (!variant || !isPlainObject(value)) return here(check.words.choice);
      return checkFields(variant.fields, value, path, check);
    }
    case 'json':
      return here(value instanceof BrokenJson ? check.words.json : undefined);
    default:
      return [];
  }
}

/** The text of a JSON field that is no JSON yet; it can not be sent. */
export class BrokenJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function checkFields(
  fields: readonly ObjectField[],
  value: Readonly<Record<string, unknown>>,
  path: ValuePath,
  check: Check,
) {
  return fields.flatMap(({ key, schema, isRequired }): readonly SchemaProblem[] => {
    const inner = value[key];
    if (inner === undefined && isRequired && schema.default === undefined) {
      return [{ path: [...path, key], message: check.words.missing }];
    }
    return checkAt(schema, inner, [...path, key], check);
  });
}

function checkList({ schema }: ReadSchema, items: JsonSchema, value: unknown, path: ValuePath, check: Check) {
  if (!Array.isArray(value)) return [{ path, message: check.words.list }];
  const { minItems = 0, maxItems = Infinity } = schema;
  const problems: SchemaProblem[] = value.flatMap((item: unknown, index) =>
    item === undefined
      ? [{ path: [...path, index], message: check.words.missing }]
      : checkAt(items, item, [...path, index], check),
  );
  if (value.length < minItems) problems.push({ path, message: check.words.tooFew(minItems) });
  if (value.length > maxItems) problems.push({ path, message: check.words.tooMany(maxItems) });
  return problems;
}

function checkRecord(values: JsonSchema, value: unknown, path: ValuePath, check: Check): readonly SchemaProblem[] {
  if (!isPlainObject(value)) return [{ path, message: check.words.object }];
  return Object.entries(value).flatMap(([key, inner]): readonly SchemaProblem[] => {
    const place = [...path, key];
    if (key.trim() === '') return [{ path: place, message: check.words.noName }];
    return inner === undefined ? [{ path: place, message: check.words.missing }] : checkAt(values, inner, place, check);
  });
}

function checkText(schema: JsonSchema, value: unknown, words: Words): string | undefined {
  if (typeof value !== 'string') return words.text;
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  if (value.length < minLength) return words.tooShort(minLength);
  if (value.length > maxLength) return words.tooLong(maxLength);
  if ((format === 'uri' || format === 'url') && !URL.canParse(value)) return words.address;
  if (format === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : words.email;
  return pattern === undefined || format !== undefined || matches(pattern, value) ? undefined : words.pattern(pattern);
}

/** A pattern that this browser can not read is left to the server. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

function checkNumber(schema: JsonSchema, value: unknown, isInteger: boolean, words: Words): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return words.number;
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (isInteger && !Number.isInteger(value)) return words.integer;
  if (value < minimum) return words.tooSmall(minimum);
  if (value > maximum) return words.tooLarge(maximum);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return words.moreThan(exclusiveMinimum);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return words.lessThan(exclusiveMaximum);
  const steps = multipleOf === undefined ? 0 : value / multipleOf;
  return Math.abs(steps - Math.round(steps)) < 1e-9 ? undefined : words.multipleOf(multipleOf ?? 1);
}
