import type { ToastContent, ToastShowOptions } from '@parley/ui/toast';
import type { DrawnNotices } from './notice-region.tsx';

/** Notices before and after the part that draws them is loaded. */
export interface Notices {
  readonly show: (content: ToastContent, options?: ToastShowOptions) => void;
  /** Fetches what draws notices, so that it is there when the server can't be reached. */
  readonly preload: () => void;
  /** What draws them, once fetched. */
  readonly drawn: Promise<DrawnNotices>;
}

/** Notices are drawn by a chunk of its own, fetched when the page has time or with the first notice. */
export function createNotices(): Notices {
  const { promise: drawn, resolve } = Promise.withResolvers<DrawnNotices>();
  let loading: Promise<DrawnNotices> | undefined;
  const load = async () => {
    loading ??= import('./notice-region.tsx').then((module) => module.drawNotices());
    try {
      resolve(await loading);
    } catch {
      loading = undefined;
    }
    return loading;
  };
  return {
    drawn,
    preload: () => void load(),
    show: (content, options) => void load().then((region) => region?.toasts.show(content, options)),
  };
}
