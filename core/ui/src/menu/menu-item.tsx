import type { ReactNode } from 'react';
import { MenuItem as AriaMenuItem, type MenuItemProps as AriaMenuItemProps } from 'react-aria-components/Menu';
import { joinClasses } from '../class-names.ts';
import { CheckIcon } from '../icon/index.ts';
import { Kbd } from '../kbd/kbd.tsx';
import styles from './menu.module.css';

/** Props of `MenuItem`. */
export interface MenuItemProps extends Omit<AriaMenuItemProps, 'className' | 'style' | 'children'> {
  readonly icon?: ReactNode;
  /** A second line. */
  readonly description?: ReactNode;
  /** The keys that do the same, in the form `Kbd` takes. */
  readonly keys?: string;
  /** Drawn in the colour of danger, for what destroys. */
  readonly isDanger?: boolean;
  readonly children: ReactNode;
}

/** One action of a `Menu`, or one choice when the menu has a `selectionMode`. */
export function MenuItem({ icon, description, keys, isDanger, children, ...rest }: MenuItemProps) {
  const textValue = rest.textValue ?? (typeof children === 'string' ? children : undefined);
  return (
    <AriaMenuItem
      {...rest}
      {...(textValue === undefined ? {} : { textValue })}
      className={joinClasses(styles.item, isDanger && styles.danger)}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {icon}
          <span className={styles.text}>
            <span>{children}</span>
            {description === undefined ? undefined : <span className={styles.description}>{description}</span>}
          </span>
          {keys === undefined ? undefined : <Kbd keys={keys} />}
          {selectionMode === 'none' ? undefined : (
            <CheckIcon className={joinClasses(styles.check, isSelected && styles.checked)} />
          )}
        </>
      )}
    </AriaMenuItem>
  );
}
