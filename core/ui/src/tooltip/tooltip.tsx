import type { ReactElement, ReactNode } from 'react';
import {
  Tooltip as AriaTooltip,
  type TooltipProps as AriaTooltipProps,
  TooltipTrigger,
} from 'react-aria-components/Tooltip';
import { joinClasses } from '../class-names.ts';
import { Kbd } from '../kbd/kbd.tsx';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './tooltip.module.css';

/** Props of `Tooltip`. */
export interface TooltipProps {
  /** A few words. What a person must know does not belong in a tooltip: touch never shows it. */
  readonly text: ReactNode;
  /** The keys that do the same, in the form `Kbd` takes. */
  readonly keys?: string;
  readonly placement?: NonNullable<AriaTooltipProps['placement']>;
  /** Wait before it opens under the pointer, 500 by default; on keyboard focus it opens at once. */
  readonly delayMs?: number;
  /** One `Button`, `IconButton` or other focusable part of the kit. */
  readonly children: ReactElement;
}

/** A short hint on hover and on keyboard focus. */
export function Tooltip({ text, keys, placement = 'top', delayMs = 500, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={delayMs} closeDelay={80}>
      {children}
      <AriaTooltip {...usePluginMark()} placement={placement} offset={6} className={joinClasses(styles.tooltip)}>
        {text}
        {keys === undefined ? undefined : <Kbd keys={keys} className={joinClasses(styles.keys)} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
