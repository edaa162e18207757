import { useMemo, useState } from 'react';
import { checkValue } from './check-value.ts';
import { isPlainObject, isSamePath, type JsonSchema, type SchemaProblem, type ValuePath } from './json-schema.ts';
import { placeOf } from './place-of.ts';

/** The value of a form as it is edited: always an object. */
export type FormValue = Readonly<Record<string, unknown>>;

/** A form in the making; spread it into `SchemaForm`. */
export interface SchemaFormState {
  readonly schema: JsonSchema;
  readonly value: FormValue;
  readonly onChange: (value: FormValue) => void;
  /** Those to show now: of fields that were changed and left, after `check()` all, and those of the server. */
  readonly problems: readonly SchemaProblem[];
  /** A field was left. */
  readonly onBlur: () => void;
  readonly isDirty: boolean;
  /** Shows every problem there is; tells whether there was none. */
  readonly check: () => boolean;
  /** Shows what the server found, each until its value changes. */
  readonly refuse: (problems: readonly SchemaProblem[]) => void;
  /** Back to the beginning. */
  readonly reset: () => void;
}

interface Refusal extends SchemaProblem {
  readonly at: unknown;
}

const keyOf = (path: ValuePath): string => JSON.stringify(path.map(String));
const valueAt = (value: unknown, path: ValuePath): unknown =>
  path.reduce<unknown>(
    (inner, part) => (isPlainObject(inner) || Array.isArray(inner) ? (inner as FormValue)[part] : undefined),
    value,
  );
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The state of one form: its value, which problems to show when, and what the server refused. */
export function useSchemaForm(schema: JsonSchema, initial: FormValue): SchemaFormState {
  const [value, setValue] = useState(initial);
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  const found = useMemo(() => checkValue(schema, value), [schema, value]);
  const reveal = (problems: readonly SchemaProblem[]) =>
    setRevealed((before) => new Set([...before, ...problems.map(({ path }) => keyOf(path))]));
  return {
    schema,
    value,
    onChange: setValue,
    problems: [
      ...found.filter(({ path }) => revealed.has(keyOf(path))),
      ...refused.filter(
        ({ path, at }) => isEqual(valueAt(value, path), at) && !found.some((own) => isSamePath(own.path, path)),
      ),
    ],
    onBlur: () => reveal(found.filter(({ path }) => !isEqual(valueAt(value, path), valueAt(initial, path)))),
    isDirty: !isEqual(value, initial),
    check: () => {
      reveal(found);
      return found.length === 0;
    },
    refuse: (problems) =>
      setRefused(
        problems.map(({ path: given, message }) => {
          const path = placeOf(schema, value, given);
          return { path, message, at: valueAt(value, path) };
        }),
      ),
    reset: () => {
      setValue(initial);
      setRevealed(new Set());
      setRefused([]);
    },
  };
}
