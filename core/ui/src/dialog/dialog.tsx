import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '../button/icon-button.tsx';
import { joinClasses } from '../class-names.ts';
import { XIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './dialog.module.css';

/** What `Dialog` and `Sheet` have in common. */
export interface DialogBaseProps {
  readonly title: string;
  /** Given, the caller decides; without it the surrounding `DialogTrigger` does. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** Closes on Escape and on a press outside; true by default. */
  readonly isDismissable?: boolean;
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Closes from inside with `<Button slot="close">` or `useCloseDialog`. */
  readonly children: ReactNode;
  /** Buttons at the end, the confirming one last. */
  readonly footer?: ReactNode;
  readonly className?: string;
}

/** Props of `Dialog`. */
export interface DialogProps extends DialogBaseProps {
  /** Width: 400, 560 or 800 px, and never more than the screen. */
  readonly size?: 'small' | 'medium' | 'large';
}

/** Shared by `Dialog` and `Sheet`: overlay, focus trap, heading, close button. */
export function DialogFrame({
  overlayClass,
  boxClass,
  ...props
}: DialogBaseProps & { readonly overlayClass: string; readonly boxClass: string }) {
  const { title, isOpen, onOpenChange, isDismissable = true, role = 'dialog', children, footer, className } = props;
  const messages = useUiMessages();
  const mark = usePluginMark();
  const control = { ...(isOpen === undefined ? {} : { isOpen }), ...(onOpenChange && { onOpenChange }) };
  return (
    <ModalOverlay
      {...control}
      {...mark}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={overlayClass}
    >
      <Modal className={boxClass}>
        <AriaDialog role={role} className={joinClasses(styles.dialog, className)}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={joinClasses(styles.title)}>
              {title}
            </Heading>
            {isDismissable ? (
              <IconButton label={messages.close} size="small" slot="close">
                <XIcon />
              </IconButton>
            ) : undefined}
          </header>
          <div className={styles.body}>{children}</div>
          {footer === undefined ? undefined : <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A modal question or form in the middle of the screen. Focus stays inside and returns to where it was. */
export function Dialog({ size = 'small', ...rest }: DialogProps) {
  return (
    <DialogFrame
      {...rest}
      overlayClass={joinClasses(styles.overlay)}
      boxClass={joinClasses(styles.box, styles[size])}
    />
  );
}
