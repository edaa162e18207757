import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components/Toast';

/** One notice. */
export interface ToastContent {
  /** One line: what happened. */
  readonly title: string;
  readonly description?: string;
  /** `signal` is kept for "a person is needed". */
  readonly tone?: 'neutral' | 'ok' | 'signal' | 'danger';
  /** One way to answer, Undo for example; using it closes the toast. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

/** How one toast is shown. */
export interface ToastShowOptions {
  /** How long it stays, 6 000 by default and never under 5 000; 0 keeps it until it is closed. */
  readonly timeoutMs?: number;
  /** Called when it goes, by time or by hand. */
  readonly onClose?: () => void;
}

/** A queue of toasts; a `ToastRegion` shows it. */
export interface Toasts {
  /** Shows a toast and gives its key. */
  show(content: ToastContent, options?: ToastShowOptions): string;
  /** Closes a toast; an unknown key changes nothing. */
  close(key: string): void;
  /** For `ToastRegion`. */
  readonly queue: ToastQueue<ToastContent>;
}

const DEFAULT_TIMEOUT_MS = 6_000;
const SHORTEST_TIMEOUT_MS = 5_000;
const MOST_VISIBLE = 3;

/** A queue of toasts, three visible at a time; create one per page. */
export function createToasts(): Toasts {
  const queue = new ToastQueue<ToastContent>({ maxVisibleToasts: MOST_VISIBLE });
  return {
    queue,
    show(content, { timeoutMs = DEFAULT_TIMEOUT_MS, onClose } = {}) {
      const timeout = timeoutMs === 0 ? {} : { timeout: Math.max(timeoutMs, SHORTEST_TIMEOUT_MS) };
      return queue.add(content, { ...timeout, ...(onClose && { onClose }) });
    },
    close: (key) => queue.close(key),
  };
}
