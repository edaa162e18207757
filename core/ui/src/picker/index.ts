export type { ListOptionItem } from '../list/list-option.tsx';
export { Picker, type PickerGroup, type PickerProps } from './picker.tsx';
