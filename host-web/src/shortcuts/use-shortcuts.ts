import { useEffect, useEffectEvent } from 'react';
import { focusNextLandmark } from './landmarks.ts';
import { isShortcut, type ShortcutName, shortcuts } from './shortcuts.ts';

type Actions = Readonly<Record<Exclude<ShortcutName, 'landmark'>, () => void>>;

/** Listens for the shell's shortcuts on the whole page. */
export function useShortcuts(actions: Actions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === shortcuts.landmark) {
      event.preventDefault();
      focusNextLandmark(event.shiftKey ? -1 : 1);
      return;
    }
    const name = (Object.keys(actions) as (keyof Actions)[]).find((each) => isShortcut(event, shortcuts[each]));
    if (!name) return;
    event.preventDefault();
    actions[name]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
