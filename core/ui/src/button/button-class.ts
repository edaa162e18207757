import { joinClasses } from '../class-names.ts';
import styles from './button.module.css';

/** How much a button asks for attention. At most one `primary` in a view; `danger` for what can't be undone. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/** Height of a button: 28, 32 or 40 px, more under a coarse pointer. */
export type ButtonSize = 'small' | 'medium' | 'large';

/** What `buttonClass` distinguishes. */
export interface ButtonLook {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Square, for one icon. */
  readonly isIcon?: boolean;
  /** As wide as its container. */
  readonly isWide?: boolean;
}

/** The class of a button, for what looks like one and is not, such as a router's link. */
export function buttonClass({
  variant = 'secondary',
  size = 'medium',
  isIcon = false,
  isWide = false,
}: ButtonLook = {}): string {
  return joinClasses(styles.button, styles[variant], styles[size], isIcon && styles.icon, isWide && styles.wide);
}
