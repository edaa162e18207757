import { type ReactNode, useState } from 'react';
import { Button } from '../button/button.tsx';
import { useCloseDialog } from './use-close-dialog.ts';

/** Props of `ConfirmButton`. */
export interface ConfirmButtonProps {
  /** Draws it in the colour of danger; true by default, since harmless things need no question. */
  readonly isDestructive?: boolean;
  /** The dialog closes when it resolves and stays open when it fails; showing the error is the caller's part. */
  readonly onConfirm: () => void | Promise<void>;
  readonly children: ReactNode;
}

/** The button that does what a dialog asked about, pending until it is done. */
export function ConfirmButton({ isDestructive = true, onConfirm, children }: ConfirmButtonProps) {
  const close = useCloseDialog();
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm();
      close();
    } catch {
      // The question stays open, and whoever asked it shows what failed.
    } finally {
      setPending(false);
    }
  };
  return (
    <Button variant={isDestructive ? 'danger' : 'primary'} isPending={isPending} onPress={() => void confirm()}>
      {children}
    </Button>
  );
}
