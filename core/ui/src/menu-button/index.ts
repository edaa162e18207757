export { preloadMenus } from './load-menu.ts';
export { MenuButton, type MenuButtonProps } from './menu-button.tsx';
export type { MenuButtonAction, MenuButtonSection } from './menu-button-popover.tsx';
