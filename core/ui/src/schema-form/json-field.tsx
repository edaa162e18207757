import { useState } from 'react';
import { TextField } from '../text-field/text-field.tsx';
import { BrokenJson } from './check-value.ts';
import { useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';

/** Whatever no other field can edit, as JSON. */
export function JsonField({ schema, path, label, isLabelHidden, isRequired, value, onChange }: FieldProps) {
  const { isDisabled, messages } = useFormScope();
  const hint = useHint({ schema, path, isRequired });
  const problem = useProblem(path, true);
  const [typed, setTyped] = useState('');
  const shown = textOf(value, typed);
  return (
    <TextField
      label={label}
      {...(isLabelHidden ? { isLabelHidden } : { description: hint })}
      {...(schema.default === undefined ? {} : { placeholder: JSON.stringify(schema.default) })}
      rows={Math.min(10, Math.max(2, shown.split('\n').length))}
      isCode
      isRequired={isRequired}
      isDisabled={isDisabled}
      validationBehavior="aria"
      value={shown}
      onChange={(text) => {
        setTyped(text);
        onChange(parseJson(text));
      }}
      errorMessage={problem ?? (value instanceof BrokenJson ? messages.wrong.json : undefined)}
    />
  );
}

/** What was typed, while it means the value. */
function textOf(value: unknown, typed: string): string {
  if (value === undefined) return '';
  if (value instanceof BrokenJson) return value.text;
  return JSON.stringify(parseJson(typed)) === JSON.stringify(value) ? typed : JSON.stringify(value, undefined, 2);
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new BrokenJson(text);
  }
}
