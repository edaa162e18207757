import { UNSTABLE_ToastRegion as AriaToastRegion } from 'react-aria-components/Toast';
import { joinClasses } from '../class-names.ts';
import { useUiMessages } from '../provider/messages.ts';
import type { Toasts } from './create-toasts.ts';
import { ToastCard } from './toast-card.tsx';
import styles from './toast.module.css';

/** Props of `ToastRegion`. */
export interface ToastRegionProps {
  readonly toasts: Toasts;
}

/** Shows a queue of toasts as a landmark that F6 reaches. Stands once, at the end of the page. */
export function ToastRegion({ toasts }: ToastRegionProps) {
  const messages = useUiMessages();
  return (
    <AriaToastRegion queue={toasts.queue} aria-label={messages.notifications} className={joinClasses(styles.region)}>
      {({ toast }) => <ToastCard toast={toast} onClose={() => toasts.close(toast.key)} />}
    </AriaToastRegion>
  );
}
