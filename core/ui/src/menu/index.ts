export {
  MenuTrigger,
  type MenuTriggerProps,
  SubmenuTrigger,
  type SubmenuTriggerProps,
} from 'react-aria-components/Menu';
export { Menu, type MenuProps } from './menu.tsx';
export { MenuItem, type MenuItemProps } from './menu-item.tsx';
export { MenuSection, type MenuSectionProps } from './menu-section.tsx';
