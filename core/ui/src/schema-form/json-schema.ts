/** A JSON Schema, draft 2020-12, as far as a form reads it; what it does not know becomes a field for JSON. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  /** `secret` marks what is written and never read back. */
  readonly format?: string;
  readonly writeOnly?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

/** Keys and indexes that lead to a value. */
export type ValuePath = readonly (string | number)[];

/** What is wrong with one value of a form. */
export interface SchemaProblem {
  readonly path: ValuePath;
  /** What is wrong and what to do, for people. */
  readonly message: string;
}

/** What stands for a secret that is set and not shown; sent back, it keeps the secret. */
export interface KeptSecret {
  readonly $secret: true;
}

/** Whether a value stands for a secret that is set. */
export const isKeptSecret = (value: unknown): value is KeptSecret => isPlainObject(value) && value['$secret'] === true;

/** Whether a value is an object of JSON. */
export const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two paths lead to the same place. */
export const isSamePath = (one: ValuePath, other: ValuePath): boolean =>
  one.length === other.length && isBelow(one, other);

/** Whether `path` leads to `parent` or to something inside it. */
export const isBelow = (path: ValuePath, parent: ValuePath): boolean =>
  parent.every((part, index) => String(part) === String(path[index]));
