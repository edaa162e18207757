import type { ReactNode } from 'react';
import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
} from 'react-aria-components/RadioGroup';
import { joinClasses } from '../class-names.ts';
import { FieldLabel } from '../field/field-label.tsx';
import { FieldText } from '../field/field-text.tsx';
import styles from './radio.module.css';

/** Props of `RadioGroup`. */
export interface RadioGroupProps extends Omit<AriaRadioGroupProps, 'className' | 'style' | 'children' | 'render'> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
  readonly className?: string;
  /** `Radio`s. */
  readonly children: ReactNode;
}

/** A choice of one, all of them in view. */
export function RadioGroup({
  label,
  isLabelHidden,
  description,
  errorMessage,
  className,
  children,
  ...rest
}: RadioGroupProps) {
  return (
    <AriaRadioGroup
      {...rest}
      isInvalid={rest.isInvalid ?? errorMessage !== undefined}
      className={joinClasses(styles.group, className)}
    >
      <FieldLabel isHidden={isLabelHidden}>{label}</FieldLabel>
      <div className={styles.radios}>{children}</div>
      <FieldText description={description} errorMessage={errorMessage} />
    </AriaRadioGroup>
  );
}
