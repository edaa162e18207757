import { joinClasses } from '../class-names.ts';
import styles from './kbd.module.css';

const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Enter: '⏎' };
const OTHER: Readonly<Record<string, string>> = { Mod: 'Ctrl', Enter: '⏎' };
const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Props of `Kbd`. */
export interface KbdProps {
  /** Keys joined by a plus, for example `Mod+Shift+O`; `Mod` is Command on Apple machines and Control elsewhere. */
  readonly keys: string;
  readonly className?: string;
}

/** A keyboard shortcut, always left to right. */
export function Kbd({ keys, className }: KbdProps) {
  const names = isApple ? APPLE : OTHER;
  const text = keys
    .split('+')
    .map((key) => names[key] ?? key)
    .join(isApple ? '' : '+');
  return (
    <kbd className={joinClasses(styles.kbd, className)} dir="ltr">
      {text}
    </kbd>
  );
}
