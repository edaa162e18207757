export type { ListOptionItem } from '../list/list-option.tsx';
export { Select, type SelectProps } from './select.tsx';
