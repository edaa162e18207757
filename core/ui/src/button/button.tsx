import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { joinClasses } from '../class-names.ts';
import { Spinner } from '../spinner/spinner.tsx';
import { type ButtonLook, buttonClass } from './button-class.ts';
import styles from './button.module.css';
import { holdWhilePending, PendingStatus } from './pending.tsx';

/** Props of `Button`: those of a press target, and how it looks. `onPress` rather than `onClick`. */
export interface ButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'render'>,
    Omit<ButtonLook, 'isIcon'> {
  /** Stands before the label. */
  readonly icon?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a label. While `isPending` it keeps its width and its focus, and does nothing. */
export function Button({ variant, size, isWide, icon, className, children, ...rest }: ButtonProps) {
  const look = { ...(variant && { variant }), ...(size && { size }), ...(isWide && { isWide }) };
  return (
    <>
      <AriaButton {...holdWhilePending(rest)} className={joinClasses(buttonClass(look), className)}>
        <span className={styles.content}>
          {icon}
          <span className={styles.label}>{children}</span>
        </span>
        {rest.isPending ? <Spinner label="" className={joinClasses(styles.pending)} /> : undefined}
      </AriaButton>
      <PendingStatus isPending={rest.isPending} />
    </>
  );
}
