import type { ReactNode } from 'react';
import { Radio as AriaRadio } from 'react-aria-components/RadioGroup';
import { joinClasses } from '../class-names.ts';
import styles from './radio.module.css';

/** Props of `Radio`. */
export interface RadioProps {
  readonly value: string;
  readonly isDisabled?: boolean;
  /** A second line. */
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** One choice of a `RadioGroup`. */
export function Radio({ value, isDisabled = false, description, children }: RadioProps) {
  return (
    <AriaRadio value={value} isDisabled={isDisabled} className={joinClasses(styles.radio)}>
      <span className={styles.ring} />
      <span className={styles.text}>
        <span>{children}</span>
        {description === undefined ? undefined : <span className={styles.description}>{description}</span>}
      </span>
    </AriaRadio>
  );
}
