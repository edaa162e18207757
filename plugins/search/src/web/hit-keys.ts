import type { KeyboardEvent } from 'react';

/** J and K, and the arrow keys, move from hit to hit; from the first one up, back to the field. */
export function moveBetweenHits(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
  if (step === undefined) return;
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(target);
  if (at < 0) return;
  event.preventDefault();
  if (at + step < 0) document.querySelector<HTMLElement>('[role=search] input')?.focus();
  else rows[at + step]?.focus();
}

/** Puts the focus on the first hit. */
export const focusFirstHit = (): void => document.querySelector<HTMLElement>('[data-hits] [data-row]')?.focus();
