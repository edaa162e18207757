import { type ComponentProps, type ReactNode, useRef, useState } from 'react';
import { Button } from '../button/button.tsx';
import type { ButtonSize, ButtonVariant } from '../button/button-class.ts';
import { IconButton } from '../button/icon-button.tsx';
import type { MenuButtonSection } from './menu-button-popover.tsx';
import { loadMenu, type MenuPopover } from './load-menu.ts';

/** Props of `MenuButton`. */
export interface MenuButtonProps {
  /** Names the menu, and the button while that is an icon. */
  readonly label: string;
  /** Groups of actions, set apart by a line. */
  readonly sections: readonly MenuButtonSection[];
  /** Stands above the actions. */
  readonly header?: ReactNode;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Whether the button is named by its children, rather than being one icon. */
  readonly isNamedByContent?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** The icon, or what stands on the button. */
  readonly children: ReactNode;
}

/**
 * A button with a menu of actions. The menu's code comes with the first pointer or focus, or by `preloadMenus`, so that
 * the page starts without it.
 */
export function MenuButton(props: MenuButtonProps) {
  const { label, sections, header, placement = 'bottom end', isNamedByContent = false, children, ...look } = props;
  const trigger = useRef<HTMLButtonElement>(null);
  const [Popover, setPopover] = useState<MenuPopover>();
  const [focus, setFocus] = useState<'first' | 'last' | 'menu'>();
  const prefetch = async () => {
    const loaded = await loadMenu().catch(() => undefined);
    if (loaded) setPopover(() => loaded);
    // Without a connection there is nothing to show; the next press tries again.
    else setFocus(undefined);
  };
  const open = (next: 'first' | 'last' | 'menu') => {
    if (!Popover) void prefetch();
    setFocus(next);
  };
  const button: Omit<ComponentProps<typeof Button>, 'children'> = {
    ...look,
    ref: trigger,
    'aria-haspopup': 'menu',
    'aria-expanded': Popover !== undefined && focus !== undefined,
    onHoverStart: () => void prefetch(),
    onFocus: () => void prefetch(),
    onPressStart: () => void prefetch(),
    onPress: ({ pointerType }) => open(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : 'menu'),
    onKeyDown: (event) => {
      if (event.key === 'ArrowDown') open('first');
      else if (event.key === 'ArrowUp') open('last');
      else event.continuePropagation();
    },
  };
  return (
    <>
      {isNamedByContent ? (
        <Button {...button}>{children}</Button>
      ) : (
        <IconButton {...button} label={label}>
          {children}
        </IconButton>
      )}
      {Popover && focus ? (
        <Popover
          label={label}
          sections={sections}
          header={header}
          placement={placement}
          trigger={trigger}
          focus={focus}
          onClose={() => setFocus(undefined)}
        />
      ) : undefined}
    </>
  );
}
