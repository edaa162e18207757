import { useUiMessages } from '../provider/messages.ts';
import { Button } from '../button/button.tsx';
import { ConfirmButton, type ConfirmButtonProps } from './confirm-button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';

/** Props of `ConfirmDialog`. */
export interface ConfirmDialogProps
  extends Pick<DialogProps, 'title' | 'isOpen' | 'onOpenChange' | 'children'>,
    Omit<ConfirmButtonProps, 'children'> {
  /** The verb of what will happen, for example "Delete". */
  readonly confirmLabel: string;
}

/** Asks before something that can't be undone. The safe answer has the focus. */
export function ConfirmDialog({ confirmLabel, isDestructive, onConfirm, ...rest }: ConfirmDialogProps) {
  const messages = useUiMessages();
  const footer = (
    <>
      <Button autoFocus slot="close">
        {messages.cancel}
      </Button>
      <ConfirmButton onConfirm={onConfirm} {...(isDestructive === undefined ? {} : { isDestructive })}>
        {confirmLabel}
      </ConfirmButton>
    </>
  );
  return <Dialog {...rest} role="alertdialog" footer={footer} />;
}
