import type { ReactNode } from 'react';
import { Menu as AriaMenu, type MenuProps as AriaMenuProps } from 'react-aria-components/Menu';
import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components/Popover';
import { joinClasses } from '../class-names.ts';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './menu.module.css';

/** Props of `Menu`. Items are children, or `items` with a function child. */
export interface MenuProps<T> extends Omit<AriaMenuProps<T>, 'className' | 'style' | 'render'> {
  /** Where it opens, "bottom start" by default. */
  readonly placement?: NonNullable<PopoverProps['placement']>;
  /** Stands above the items, for a name and an address, for example. */
  readonly header?: ReactNode;
  readonly className?: string;
}

/** A list of actions in a popover. The first child of its `MenuTrigger` is the button that opens it. */
export function Menu<T extends object>({ placement = 'bottom start', header, className, ...rest }: MenuProps<T>) {
  return (
    <AriaPopover
      {...usePluginMark()}
      placement={placement}
      offset={4}
      className={joinClasses(styles.popover, className)}
    >
      {header === undefined ? undefined : <div className={styles.header}>{header}</div>}
      <AriaMenu {...rest} className={joinClasses(styles.menu)} />
    </AriaPopover>
  );
}
