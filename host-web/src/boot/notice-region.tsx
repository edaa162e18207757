import { type Toasts, ToastRegion } from '@parley/ui/toast';
import { useEffect, useState } from 'react';
import type { Notices } from './notices.ts';

/** Draws the notices of the page. */
export function NoticeRegion({ notices }: { readonly notices: Notices }) {
  const [toasts, setToasts] = useState<Toasts>();
  useEffect(() => {
    void notices.toasts().then(setToasts);
  }, [notices]);
  return toasts ? <ToastRegion toasts={toasts} /> : undefined;
}
