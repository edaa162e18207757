import { Select } from '../select/select.tsx';
import { defaultText, useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';

interface ChoiceFieldProps extends FieldProps {
  readonly options: readonly unknown[];
}

/** Stands for "nothing chosen"; no option of a schema is called so. */
const UNSET = '\u0000unset';

/** One of a few given values. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, options } = props;
  const { isDisabled, messages } = useFormScope();
  const hint = useHint({ schema, path, isRequired, isDefaultSaid: true });
  const errorMessage = useProblem(path);
  const fallback = defaultText(schema.default, messages);
  const unset = { id: UNSET, label: fallback === undefined ? messages.notSet : messages.defaultChoice(fallback) };
  const items = options.map((option) => ({ id: String(option), label: String(option) }));
  return (
    <Select
      label={label}
      {...(isLabelHidden ? { isLabelHidden } : { description: hint })}
      options={isRequired ? items : [unset, ...items]}
      value={value === undefined || value === null ? (isRequired ? undefined : UNSET) : String(value)}
      onChange={(id) => onChange(id === UNSET ? undefined : options.find((option) => String(option) === id))}
      placeholder={messages.notSet}
      isDisabled={isDisabled}
      errorMessage={errorMessage}
    />
  );
}
