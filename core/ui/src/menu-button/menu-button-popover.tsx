import type { ReactNode, RefObject } from 'react';
import { Menu as AriaMenu, Popover as AriaPopover } from 'react-aria-components/Menu';
import { joinClasses } from '../class-names.ts';
import styles from '../menu/menu.module.css';
import { MenuItem } from '../menu/menu-item.tsx';
import { MenuSection } from '../menu/menu-section.tsx';
import { usePluginMark } from '../provider/plugin-scope.tsx';

/** One action of a `MenuButton`. */
export interface MenuButtonAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** A second line. */
  readonly description?: string;
  /** The keys that do the same, in the form `Kbd` takes. */
  readonly keys?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

/** Actions that belong together. */
export interface MenuButtonSection {
  readonly id: string;
  /** For assistive technology, and seen when `isTitled`. */
  readonly label: string;
  readonly isTitled?: boolean;
  readonly actions: readonly MenuButtonAction[];
}

/** Props of `MenuButtonPopover`. */
export interface MenuButtonPopoverProps {
  readonly label: string;
  readonly sections: readonly MenuButtonSection[];
  readonly header: ReactNode;
  readonly placement: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  readonly trigger: RefObject<HTMLButtonElement | null>;
  /** Where the focus goes: to an action after a key, to the menu as a whole after a press of the pointer. */
  readonly focus: 'first' | 'last' | 'menu';
  readonly onClose: () => void;
}

/** The open menu of a `MenuButton`, in its own chunk. */
export function MenuButtonPopover(props: MenuButtonPopoverProps) {
  const { label, sections, header, placement, trigger, focus, onClose } = props;
  return (
    <AriaPopover
      {...usePluginMark()}
      isOpen
      onOpenChange={onClose}
      triggerRef={trigger}
      placement={placement}
      offset={4}
      className={joinClasses(styles.popover)}
    >
      {header === undefined ? undefined : <div className={styles.header}>{header}</div>}
      <AriaMenu
        aria-label={label}
        autoFocus={focus === 'menu' ? true : focus}
        onClose={onClose}
        className={joinClasses(styles.menu)}
      >
        {sections.map(({ id, label: name, isTitled = false, actions }) => (
          <MenuSection key={id} id={id} {...(isTitled ? { title: name } : { 'aria-label': name })}>
            {actions.map(({ label: text, ...action }) => (
              <MenuItem key={action.id} {...action} textValue={text}>
                {text}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </AriaMenu>
    </AriaPopover>
  );
}
