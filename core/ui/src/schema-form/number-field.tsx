import { useState } from 'react';
import { joinClasses } from '../class-names.ts';
import { TextField } from '../text-field/text-field.tsx';
import { useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';
import { inLargerUnit, type Unit } from './key-words.ts';
import { RangeSlider, rangeOf } from './range-slider.tsx';
import styles from './schema-form.module.css';

interface NumberFieldProps extends FieldProps {
  readonly unit: Unit | undefined;
  readonly isInteger: boolean;
}

/** A number, its unit beside it. What is no number yet stays as typed, and is a problem. */
export function NumberField(props: NumberFieldProps) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, unit, isInteger } = props;
  const { isDisabled, areRangesSliders, messages } = useFormScope();
  const range = areRangesSliders ? rangeOf(schema, isInteger) : undefined;
  const hint = useHint({ schema, path, unit, isRequired });
  const errorMessage = useProblem(path);
  const [typed, setTyped] = useState('');
  // What was typed is shown while it means the value: "1." and "1.0" are on their way to a number.
  const shown = value === undefined ? '' : parse(typed) === value ? typed : String(value);
  const larger = typeof value === 'number' && unit ? inLargerUnit(value, unit) : undefined;
  return (
    <TextField
      label={label}
      {...(isLabelHidden ? { isLabelHidden } : { description: hint })}
      {...(typeof schema.default === 'number'
        ? { placeholder: String(schema.default) }
        : range
          ? { placeholder: messages.notSet }
          : {})}
      inputMode={isInteger ? 'numeric' : 'decimal'}
      isRequired={isRequired}
      isDisabled={isDisabled}
      validationBehavior="aria"
      className={joinClasses(styles.number, range && styles.ranged)}
      {...(range && {
        icon: (
          <RangeSlider
            range={range}
            label={label}
            schema={schema}
            value={value}
            isDisabled={isDisabled}
            onChange={onChange}
          />
        ),
      })}
      value={shown}
      onChange={(text) => {
        setTyped(text);
        onChange(parse(text));
      }}
      end={
        unit === undefined ? undefined : (
          <span className={styles.unit}>
            {unit}
            {larger === undefined ? undefined : <span className={styles.larger}> = {larger}</span>}
          </span>
        )
      }
      errorMessage={errorMessage}
    />
  );
}

/** The number that a text says; the text itself where it says none. */
function parse(text: string): number | string | undefined {
  const plain = text.trim();
  if (plain === '') return undefined;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : text;
}
