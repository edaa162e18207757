/** How the page looks to one user in one browser. */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  /** Size of message text in pixels, 14 to 20. */
  readonly proseSizePx: number;
  readonly motion: 'system' | 'reduced';
  readonly direction: 'ltr' | 'rtl';
}

/** How it looks before anybody chose. */
export const DEFAULT_APPEARANCE: Appearance = {
  theme: 'system',
  density: 'comfortable',
  proseSizePx: 16,
  motion: 'system',
  direction: 'ltr',
};

const ROOT_FONT_PX = 16;
/** Read by the inline script of index.html before the first paint. */
const EARLY_KEY = 'ui:appearance';

/** Puts the choice onto the page, and where the next page load finds it before its first paint. */
export function applyAppearance(appearance: Appearance): void {
  const root = document.documentElement;
  const { theme, density, proseSizePx, motion, direction } = appearance;
  const prose = `${proseSizePx / ROOT_FONT_PX}rem`;
  const data = {
    theme: theme === 'system' ? undefined : theme,
    density: density === 'compact' ? density : undefined,
    motion: motion === 'reduced' ? motion : undefined,
  };
  for (const [name, value] of Object.entries(data)) setData(root, name, value);
  root.style.setProperty('--prose-size', prose);
  root.dir = direction;
  localStorage.setItem(EARLY_KEY, JSON.stringify({ ...data, dir: direction, prose }));
}

function setData(root: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) delete root.dataset[name];
  else root.dataset[name] = value;
}
