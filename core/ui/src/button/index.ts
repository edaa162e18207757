export { Button, type ButtonProps } from './button.tsx';
export { type ButtonLook, type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts';
export { IconButton, type IconButtonProps } from './icon-button.tsx';
