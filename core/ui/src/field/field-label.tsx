import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { joinClasses } from '../class-names.ts';
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx';
import styles from './field.module.css';

/** Props of `FieldLabel`. */
export interface FieldLabelProps {
  /** Keeps it for assistive technology only. */
  readonly isHidden?: boolean | undefined;
  readonly children: ReactNode;
}

/** The name of a field. */
export function FieldLabel({ isHidden = false, children }: FieldLabelProps) {
  return isHidden ? (
    <VisuallyHidden>
      <Label>{children}</Label>
    </VisuallyHidden>
  ) : (
    <Label className={joinClasses(styles.label)}>{children}</Label>
  );
}
