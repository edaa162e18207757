import type { KeyboardEvent } from 'react';

/** What each letter presses in the message that has the focus. */
const PRESSES: Readonly<Record<string, string>> = {
  c: '[data-action="copy"] button',
  e: '[data-action="edit"]',
  r: '[data-action="retry"]',
  t: '[data-action="reasoning"]',
  '[': '[data-action="previous"]',
  ']': '[data-action="next"]',
};

/** J and K move from message to message; the other letters act on the message they are on. */
export function handleThreadKey(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  if (target.closest('input, textarea, [contenteditable="true"]')) return;
  const articles = [...currentTarget.querySelectorAll<HTMLElement>('article')];
  const current = target.closest('article');
  if (key === 'j' || key === 'k') {
    const at = current instanceof HTMLElement ? articles.indexOf(current) : key === 'j' ? -1 : articles.length;
    const next = articles[at + (key === 'j' ? 1 : -1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    event.preventDefault();
    return;
  }
  const selector = PRESSES[key];
  const button = selector === undefined ? undefined : current?.querySelector<HTMLElement>(selector);
  if (!button) return;
  button.click();
  event.preventDefault();
}
