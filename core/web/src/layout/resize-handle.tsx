import type { KeyboardEvent, PointerEvent } from 'react';
import { messages } from '../messages.ts';
import styles from './side-panel.module.css';

const MIN_PX = 360;
const MAX_PX = 720;
const STEP_PX = 24;
const clamp = (widthPx: number) => Math.round(Math.min(MAX_PX, Math.max(MIN_PX, widthPx)));

interface ResizeHandleProps {
  readonly widthPx: number;
  readonly onChange: (widthPx: number) => void;
}

/** The panel's start edge: dragged, or moved with the arrow keys. */
export function ResizeHandle({ widthPx, onChange }: ResizeHandleProps) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const end = event.currentTarget.parentElement?.getBoundingClientRect();
    if (end) onChange(clamp(isRightToLeft ? event.clientX - end.left : end.right - event.clientX));
  };
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const wider = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    onChange(clamp(widthPx + (event.key === wider ? STEP_PX : -STEP_PX)));
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={messages.panelWidth}
      aria-valuemin={MIN_PX}
      aria-valuemax={MAX_PX}
      aria-valuenow={widthPx}
      tabIndex={0}
      className={styles['handle']}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={move}
    />
  );
}
