import { Fragment, type ReactNode } from 'react';
import { useFormScope } from './form-context.ts';
import type { JsonSchema, ValuePath } from './json-schema.ts';
import { inLargerUnit, keyWords, type Unit } from './key-words.ts';
import type { SchemaFormMessages } from './messages.ts';
import styles from './schema-form.module.css';

/** Above this, a limit is what a number can hold and not what somebody chose. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** What the line under a field is made of. */
export interface HintInput {
  readonly schema: JsonSchema;
  readonly path: ValuePath;
  readonly unit?: Unit | undefined;
  readonly isRequired?: boolean;
  /** The field itself says what its default is. */
  readonly isDefaultSaid?: boolean;
}

/** The line under a field: what it is for, its key in a config file, its default and limits. */
export function useHint({ schema, path, unit, isRequired = false, isDefaultSaid = false }: HintInput): ReactNode {
  const { messages, noteFor, areKeysShown } = useFormScope();
  const key = path.at(-1);
  const facts: ReactNode[] = [
    ...(areKeysShown && typeof key === 'string'
      ? [
          <code key={key} className={styles.key}>
            {key}
          </code>,
        ]
      : []),
    ...(isRequired && schema.default === undefined ? [messages.required] : []),
    ...(isDefaultSaid ? [] : defaultFact(schema, unit, messages)),
    ...limitFact(schema, messages),
  ];
  const note = noteFor(path);
  // A description that only says the name again says nothing.
  const name = schema.title ?? keyWords(String(key ?? ''), false).label;
  return (
    <>
      {schema.description === undefined || schema.description === name ? undefined : (
        <span className={styles.purpose}>{schema.description}</span>
      )}
      <span className={styles.facts}>
        {facts.map((fact, index) => (
          <Fragment key={index}>
            {index === 0 ? undefined : ' · '}
            <span>{fact}</span>
          </Fragment>
        ))}
        {note === undefined ? undefined : <> {note}</>}
      </span>
    </>
  );
}

/** A default as a person reads it; objects and lists say nothing in one line. */
export function defaultText(value: unknown, messages: SchemaFormMessages, unit?: Unit): string | undefined {
  if (typeof value === 'number') {
    const larger = unit && inLargerUnit(value, unit);
    return larger ?? `${new Intl.NumberFormat().format(value)}${unit ? ` ${unit}` : ''}`;
  }
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'boolean' ? (value ? messages.on : messages.off) : undefined;
}

function defaultFact(schema: JsonSchema, unit: Unit | undefined, messages: SchemaFormMessages): string[] {
  const text = defaultText(schema.default, messages, unit);
  return text === undefined ? [] : [messages.defaultIs(text)];
}

function limitFact({ minimum, maximum }: JsonSchema, messages: SchemaFormMessages): string[] {
  const format = new Intl.NumberFormat();
  const least = minimum === undefined || minimum <= -NO_LIMIT ? undefined : format.format(minimum);
  const most = maximum === undefined || maximum >= NO_LIMIT ? undefined : format.format(maximum);
  if (least !== undefined && most !== undefined) return [messages.between(least, most)];
  if (least !== undefined) return [messages.atLeast(least)];
  return most === undefined ? [] : [messages.atMost(most)];
}
