import type { Toasts, ToastContent, ToastShowOptions } from '@parley/ui/toast';

/** Notices before and after the part that draws them is loaded. */
export interface Notices {
  readonly show: (content: ToastContent, options?: ToastShowOptions) => void;
  /** The queue, once loaded. */
  readonly toasts: () => Promise<Toasts>;
}

/** Notices are drawn by a chunk of its own, fetched when the page is idle or with the first notice. */
export function createNotices(): Notices {
  let toasts: Promise<Toasts> | undefined;
  const load = () => {
    toasts ??= import('@parley/ui/toast').then((module) => module.createToasts());
    return toasts;
  };
  return {
    toasts: load,
    show: (content, options) => void load().then((queue) => queue.show(content, options)),
  };
}
