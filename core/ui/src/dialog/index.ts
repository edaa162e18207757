export { DialogTrigger, type DialogTriggerProps } from 'react-aria-components/Dialog';
export { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';
export { Dialog, type DialogProps } from './dialog.tsx';
export { Sheet, type SheetProps } from './sheet.tsx';
export { useCloseDialog } from './use-close-dialog.ts';
