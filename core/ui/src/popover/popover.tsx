import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover';
import { joinClasses } from '../class-names.ts';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './popover.module.css';

/** Props of `Popover`. */
export interface PopoverProps
  extends Omit<AriaPopoverProps, 'className' | 'style' | 'children' | 'render' | 'aria-label'> {
  /** What it holds, for assistive technology. */
  readonly label: string;
  readonly className?: string;
  /** Closes from inside with `<Button slot="close">`. */
  readonly children: ReactNode;
}

/** A small non-modal area beside its button, the first child of the `PopoverTrigger`. */
export function Popover({ label, className, children, ...rest }: PopoverProps) {
  return (
    <AriaPopover offset={6} {...usePluginMark()} {...rest} className={joinClasses(styles.popover)}>
      <AriaDialog aria-label={label} className={joinClasses(styles.content, className)}>
        {children}
      </AriaDialog>
    </AriaPopover>
  );
}
