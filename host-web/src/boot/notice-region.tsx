import { createToasts, ToastRegion, type Toasts } from '@parley/ui/toast';
import type { ComponentType } from 'react';

/** The notices of the page and the place where they are drawn. */
export interface DrawnNotices {
  readonly toasts: Toasts;
  readonly Region: ComponentType;
}

/** Called once for a page. */
export function drawNotices(): DrawnNotices {
  const toasts = createToasts();
  return { toasts, Region: () => <ToastRegion toasts={toasts} /> };
}
