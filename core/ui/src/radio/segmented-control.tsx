import type { ReactNode } from 'react';
import { Radio as AriaRadio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { joinClasses } from '../class-names.ts';
import { FieldLabel } from '../field/field-label.tsx';
import styles from './radio.module.css';

/** One segment. */
export interface Segment<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: ReactNode;
}

/** Props of `SegmentedControl`. */
export interface SegmentedControlProps<Id extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly segments: readonly Segment<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** A choice of one among two to four short words, side by side. A radio group to keyboard and screen reader. */
export function SegmentedControl<Id extends string>(props: SegmentedControlProps<Id>) {
  const { label, isLabelHidden, segments, value, onChange, isDisabled = false, className } = props;
  return (
    <AriaRadioGroup
      orientation="horizontal"
      value={value}
      onChange={(id) => onChange(id as Id)}
      isDisabled={isDisabled}
      className={joinClasses(styles.group, className)}
    >
      <FieldLabel isHidden={isLabelHidden}>{label}</FieldLabel>
      <div className={styles.segments}>
        {segments.map(({ id, label: name, icon }) => (
          <AriaRadio key={id} value={id} className={joinClasses(styles.segment)}>
            {icon}
            {name}
          </AriaRadio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
