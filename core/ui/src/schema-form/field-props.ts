import type { JsonSchema, ValuePath } from './json-schema.ts';

/** What every field of a schema form receives. */
export interface FieldProps {
  /** Its schema, references followed and `null` set apart. */
  readonly schema: JsonSchema;
  readonly path: ValuePath;
  /** What people call it. */
  readonly label: string;
  /** Keeps the label for assistive technology, where the place says what it is. */
  readonly isLabelHidden?: boolean;
  readonly isRequired: boolean;
  readonly value: unknown;
  /** `undefined` takes the value out, so that the default holds. */
  readonly onChange: (value: unknown) => void;
}

/** Props of `SchemaField`. */
export interface SchemaFieldProps extends Omit<FieldProps, 'label' | 'schema'> {
  readonly schema: JsonSchema;
  /** Instead of the schema's title or the words of the key. */
  readonly label?: string;
}
