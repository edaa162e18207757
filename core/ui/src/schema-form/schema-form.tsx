import type { ReactNode } from 'react';
import { joinClasses } from '../class-names.ts';
import { FormScopeContext } from './form-context.ts';
import type { JsonSchema, SchemaProblem, ValuePath } from './json-schema.ts';
import { englishSchemaFormMessages, type SchemaFormMessages } from './messages.ts';
import { FieldList } from './object-field.tsx';
import { ProblemText } from './problem-text.tsx';
import { readSchema } from './read-shape.ts';
import { SchemaField } from './schema-field.tsx';
import styles from './schema-form.module.css';
import type { FormValue } from './use-schema-form.ts';

/** Props of `SchemaForm`. */
export interface SchemaFormProps {
  /** JSON Schema of an object, draft 2020-12, as `z.toJSONSchema(schema, { io: 'input' })` gives it. */
  readonly schema: JsonSchema;
  /** What is set. A secret that is set and not shown is `{ $secret: true }`. */
  readonly value: FormValue;
  readonly onChange: (value: FormValue) => void;
  /** Shown beside the fields they are about, or above them all. */
  readonly problems?: readonly SchemaProblem[];
  /** A field was left: the time to say what is wrong with it. */
  readonly onBlur?: () => void;
  readonly isDisabled?: boolean;
  /** Stands in the line under a field: where its value comes from, for example. */
  readonly noteFor?: (path: ValuePath) => ReactNode;
  /** Names each field as a config file does, under it; true by default. */
  readonly areKeysShown?: boolean;
  /** A number between two limits has a slider too; false by default. */
  readonly areRangesSliders?: boolean;
  /** A secret that is not set has its box at once, for forms that are there to take it; false by default. */
  readonly areSecretsOpen?: boolean;
  /** Each field that is set has a button that takes its value out; false by default. */
  readonly canReset?: boolean;
  readonly messages?: SchemaFormMessages;
  readonly className?: string;
}

const noNote = () => undefined;

/**
 * Fields for every value of a JSON Schema: texts, numbers with the unit that their name ends with, switches, choices,
 * lists, objects, records, variants and secrets; what it does not know is edited as JSON. Fields with the same `x-group` stand
 * under one heading. Buttons are the caller's.
 * @example const form = useSchemaForm(schema, settings); <SchemaForm {...form} />
 */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, onChange, onBlur, className } = props;
  const { problems = [], isDisabled = false, noteFor = noNote, messages = englishSchemaFormMessages } = props;
  const { areKeysShown = true, areRangesSliders = false, areSecretsOpen = false, canReset = false } = props;
  const look = { areKeysShown, areRangesSliders, areSecretsOpen, canReset };
  const { shape } = readSchema(schema, schema);
  const general = problems.filter(({ path }) => path.length === 0).map(({ message }) => message);
  return (
    <FormScopeContext value={{ root: schema, problems, messages, isDisabled, noteFor, ...look, Field: SchemaField }}>
      <div className={joinClasses(styles.form, className)} onBlur={onBlur}>
        <ProblemText>{general.length === 0 ? undefined : general.join(' ')}</ProblemText>
        {shape.kind === 'object' ? (
          <FieldList fields={shape.fields} path={[]} value={value} onChange={onChange} />
        ) : isEmpty(schema) ? (
          <p className={styles.nothing}>{messages.noSettings}</p>
        ) : (
          <SchemaField
            schema={schema}
            path={[]}
            label={schema.title ?? messages.json}
            isRequired
            value={value}
            onChange={(next) => onChange((next ?? {}) as FormValue)}
          />
        )}
      </div>
    </FormScopeContext>
  );
}

/** An object of which nothing is known. */
const isEmpty = ({ properties, additionalProperties, anyOf, oneOf, allOf }: JsonSchema): boolean =>
  Object.keys(properties ?? {}).length === 0 &&
  typeof additionalProperties !== 'object' &&
  anyOf === undefined &&
  oneOf === undefined &&
  allOf === undefined;
