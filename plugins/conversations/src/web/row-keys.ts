import type { KeyboardEvent } from 'react';

const ROW = '[data-row]';
const rowsAround = (element: Element): readonly HTMLElement[] => [
  ...(element.closest('[data-rows]')?.querySelectorAll<HTMLElement>(ROW) ?? []),
];

/** Arrow keys, Home and End move between the rows of a list, whatever group they stand in. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !target.matches(ROW)) return;
  const rows = rowsAround(target);
  const at = rows.indexOf(target);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  if (next === undefined) return;
  event.preventDefault();
  rows[next]?.focus();
}

/** Moves the focus from a row that is about to leave its place to the next one, the one before at the end. */
export function focusNeighbour(conversationId: string): void {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(conversationId)}"]`);
  if (!row) return;
  const rows = rowsAround(row);
  const at = rows.indexOf(row);
  const neighbour = rows[at + 1] ?? rows[at - 1];
  if (row === document.activeElement) neighbour?.focus();
  // A menu gives the focus back to its button when it has closed; by then the button is gone.
  else setTimeout(() => document.activeElement === document.body && neighbour?.focus(), MENU_CLOSED_MS);
}

const MENU_CLOSED_MS = 250;
