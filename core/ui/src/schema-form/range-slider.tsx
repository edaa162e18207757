import type { JsonSchema } from './json-schema.ts';
import styles from './schema-form.module.css';

/** The limits of a slider and how far one step goes. */
export interface SliderRange {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const MOST_STEPS = 200;

/** The slider that fits a number's schema; `undefined` where it has no two limits. */
export function rangeOf(schema: JsonSchema, isInteger: boolean): SliderRange | undefined {
  const { minimum, maximum, multipleOf } = schema;
  if (minimum === undefined || maximum === undefined || maximum <= minimum) return undefined;
  if (maximum >= Number.MAX_SAFE_INTEGER || minimum <= Number.MIN_SAFE_INTEGER) return undefined;
  const fine = 10 ** Math.ceil(Math.log10((maximum - minimum) / MOST_STEPS));
  return { least: minimum, most: maximum, step: multipleOf ?? (isInteger ? Math.max(1, fine) : fine) };
}

interface RangeSliderProps {
  readonly range: SliderRange;
  readonly label: string;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}

/** A slider beside a number. Without a value it stands at the default, in grey. */
export function RangeSlider({ range, label, schema, value, isDisabled, onChange }: RangeSliderProps) {
  const { least, most, step } = range;
  // From one multiple of the step to another: 1 to 128 000 goes by 1000, 2000, and not by 1001, 2001.
  const first = Math.floor(least / step + 1e-9) * step;
  const last = Math.ceil(most / step - 1e-9) * step;
  const fallback = typeof schema.default === 'number' ? schema.default : least;
  const isSet = typeof value === 'number';
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={label}
      min={first}
      max={last}
      // A number that was typed between two steps stays as it is.
      step={isSet && !isMultiple(value, step) ? 'any' : step}
      value={isSet ? value : fallback}
      data-unset={isSet ? undefined : ''}
      disabled={isDisabled}
      onChange={(event) => {
        const moved = Math.round(event.currentTarget.valueAsNumber / step) * step;
        onChange(Math.min(most, Math.max(least, Number(moved.toFixed(decimals)))));
      }}
    />
  );
}

const isMultiple = (value: number, step: number): boolean => {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
};
