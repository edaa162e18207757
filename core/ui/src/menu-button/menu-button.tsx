import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { ButtonSize, ButtonVariant } from '../button/button-class.ts';
import { IconButton } from '../button/icon-button.tsx';
import type { MenuButtonSection } from './menu-button-popover.tsx';

const loadPopover = () => import('./menu-button-popover.tsx');
const MenuButtonPopover = lazy(async () => ({ default: (await loadPopover()).MenuButtonPopover }));

/** Props of `MenuButton`. */
export interface MenuButtonProps {
  /** Names the button and its menu. */
  readonly label: string;
  /** Groups of actions, set apart by a line. */
  readonly sections: readonly MenuButtonSection[];
  /** Stands above the actions. */
  readonly header?: ReactNode;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** The icon. */
  readonly children: ReactNode;
}

/** An icon button with a menu of actions. The menu's code comes with the first pointer or focus, so that the page starts without it. */
export function MenuButton({ label, sections, header, placement = 'bottom end', children, ...look }: MenuButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const prefetch = () => void loadPopover();
  return (
    <>
      <IconButton
        {...look}
        ref={trigger}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onHoverStart={prefetch}
        onFocus={prefetch}
        onPress={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setOpen(true);
          else event.continuePropagation();
        }}
      >
        {children}
      </IconButton>
      {isOpen ? (
        <Suspense>
          <MenuButtonPopover
            label={label}
            sections={sections}
            header={header}
            placement={placement}
            trigger={trigger}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : undefined}
    </>
  );
}
