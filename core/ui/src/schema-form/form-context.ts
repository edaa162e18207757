import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { SchemaFieldProps } from './field-props.ts';
import { isBelow, isSamePath, type JsonSchema, type SchemaProblem, type ValuePath } from './json-schema.ts';
import { englishSchemaFormMessages, type SchemaFormMessages } from './messages.ts';

/** What every field of one form needs. */
export interface FormScope {
  readonly root: JsonSchema;
  readonly problems: readonly SchemaProblem[];
  readonly messages: SchemaFormMessages;
  readonly isDisabled: boolean;
  readonly noteFor: (path: ValuePath) => ReactNode;
  readonly areKeysShown: boolean;
  readonly areRangesSliders: boolean;
  readonly areSecretsOpen: boolean;
  readonly canReset: boolean;
  /** Draws the field of an inner value; here, since fields that hold fields can not import what chooses them. */
  readonly Field: ComponentType<SchemaFieldProps>;
}

/** Holds the scope of the surrounding form. */
export const FormScopeContext = createContext<FormScope>({
  root: {},
  problems: [],
  messages: englishSchemaFormMessages,
  isDisabled: false,
  noteFor: () => undefined,
  areKeysShown: true,
  areRangesSliders: false,
  areSecretsOpen: false,
  canReset: false,
  Field: () => undefined,
});

/** The scope of the surrounding form. */
export const useFormScope = (): FormScope => useContext(FormScopeContext);

/** What is wrong at a place; with `isDeep`, inside it too, for fields that show no field for their inner values. */
export function useProblem(path: ValuePath, isDeep = false): string | undefined {
  const { problems } = useFormScope();
  const found = problems.filter((problem) => (isDeep ? isBelow(problem.path, path) : isSamePath(problem.path, path)));
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}
