import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { joinClasses } from '../class-names.ts';
import { Spinner } from '../spinner/spinner.tsx';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts';
import styles from './button.module.css';
import { holdWhilePending, PendingStatus } from './pending.tsx';

/** Props of `IconButton`. */
export interface IconButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'render' | 'aria-label'> {
  /** What it does, in words; the accessible name. */
  readonly label: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly className?: string;
  /** One icon. */
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A square button with one icon. Wrap it in a `Tooltip` where the icon alone does not say enough. */
export function IconButton({
  label,
  variant = 'quiet',
  size = 'medium',
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <>
      <AriaButton
        {...holdWhilePending(rest)}
        aria-label={label}
        className={joinClasses(buttonClass({ variant, size, isIcon: true }), className)}
      >
        <span className={styles.content}>{children}</span>
        {rest.isPending ? <Spinner label="" className={joinClasses(styles.pending)} /> : undefined}
      </AriaButton>
      <PendingStatus isPending={rest.isPending} />
    </>
  );
}
