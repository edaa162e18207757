import { TextField } from '../text-field/text-field.tsx';
import { useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';

/** From this length on, a text deserves more than one line. */
const LONG_CHARACTERS = 300;
const CODE_FORMATS: ReadonlySet<string> = new Set([
  'uri',
  'url',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'date-time',
  'regex',
]);

/** A text. */
export function TextSettingField({ schema, path, label, isLabelHidden, isRequired, value, onChange }: FieldProps) {
  const { isDisabled } = useFormScope();
  const hint = useHint({ schema, path, isRequired });
  const errorMessage = useProblem(path);
  const isLong = schema.format === 'textarea' || (schema.maxLength ?? 0) >= LONG_CHARACTERS;
  const isCode = CODE_FORMATS.has(schema.format ?? '') || schema.pattern !== undefined;
  return (
    <TextField
      label={label}
      {...(isLabelHidden ? { isLabelHidden } : { description: hint })}
      {...(isLong ? { rows: 3 } : {})}
      {...(schema.format === 'email' ? { type: 'email' } : {})}
      {...(typeof schema.default === 'string' ? { placeholder: schema.default } : {})}
      isCode={isCode}
      isRequired={isRequired}
      isDisabled={isDisabled}
      validationBehavior="aria"
      value={typeof value === 'string' ? value : ''}
      onChange={(text) => onChange(text === '' && !mayBeEmpty(schema.minLength, isRequired) ? undefined : text)}
      errorMessage={errorMessage}
    />
  );
}

/** Where an empty text means something, it is kept; elsewhere it takes the value out. */
const mayBeEmpty = (minLength: number | undefined, isRequired: boolean): boolean =>
  isRequired && (minLength === undefined || minLength === 0);
