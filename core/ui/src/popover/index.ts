export {
  DialogTrigger as PopoverTrigger,
  type DialogTriggerProps as PopoverTriggerProps,
} from 'react-aria-components/Dialog';
export { Popover, type PopoverProps } from './popover.tsx';
