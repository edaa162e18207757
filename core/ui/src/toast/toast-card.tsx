import {
  type QueuedToast,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as AriaToastContent,
} from 'react-aria-components/Toast';
import { Button } from '../button/button.tsx';
import { IconButton } from '../button/icon-button.tsx';
import { joinClasses } from '../class-names.ts';
import { CircleAlertIcon, CircleCheckIcon, TriangleAlertIcon, XIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import type { ToastContent } from './create-toasts.ts';
import styles from './toast.module.css';

/** Props of `ToastCard`. */
export interface ToastCardProps {
  readonly toast: QueuedToast<ToastContent>;
  readonly onClose: () => void;
}

const icons = {
  neutral: undefined,
  ok: <CircleCheckIcon />,
  signal: <TriangleAlertIcon />,
  danger: <CircleAlertIcon />,
};

/** One toast of a region. */
export function ToastCard({ toast, onClose }: ToastCardProps) {
  const messages = useUiMessages();
  const { title, description, tone = 'neutral', action } = toast.content;
  const act = () => {
    action?.onAction();
    onClose();
  };
  return (
    <AriaToast toast={toast} className={joinClasses(styles.toast, styles[tone])}>
      {icons[tone]}
      <AriaToastContent className={joinClasses(styles.content)}>
        <Text slot="title" className={joinClasses(styles.title)}>
          {title}
        </Text>
        {description === undefined ? undefined : <Text slot="description">{description}</Text>}
      </AriaToastContent>
      {action === undefined ? undefined : (
        <Button size="small" onPress={act}>
          {action.label}
        </Button>
      )}
      <IconButton size="small" label={messages.close} slot="close">
        <XIcon />
      </IconButton>
    </AriaToast>
  );
}
