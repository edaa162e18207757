/** The shell's own shortcuts, in the form `Kbd` takes. */
export const shortcuts = {
  sideBar: 'Mod+B',
  newChat: 'Mod+Shift+O',
  search: 'Mod+Shift+F',
  settings: 'Mod+,',
  help: 'Mod+/',
  landmark: 'F6',
} as const;

/** A shortcut's name. */
export type ShortcutName = keyof typeof shortcuts;

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a key press is the shortcut `keys`; `Mod` is Command on Apple machines and Control elsewhere. */
export function isShortcut(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = isApple ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    mod === parts.includes('Mod') &&
    event.altKey === parts.includes('Alt') &&
    // A character such as "/" may need Shift on some keyboards.
    (event.shiftKey === parts.includes('Shift') || (key.length === 1 && !/[a-z]/i.test(key)))
  );
}
