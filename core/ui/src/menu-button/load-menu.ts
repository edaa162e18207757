import type { MenuButtonPopover } from './menu-button-popover.tsx';

/** The component that draws an open menu. */
export type MenuPopover = typeof MenuButtonPopover;

/** Fetches what draws menus; a fetch that failed is not remembered. */
export const loadMenu = async (): Promise<MenuPopover> => (await import('./menu-button-popover.tsx')).MenuButtonPopover;

/** Fetches what `MenuButton` needs to open, for a page that has nothing else to do. */
export const preloadMenus = (): void => void loadMenu().catch(() => undefined);
