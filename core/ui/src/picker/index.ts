export type { ListOptionItem } from '../list/list-option.tsx';
export { Picker, type PickerProps } from './picker.tsx';
export type { PickerGroup } from './picker-popover.tsx';
