import { Skeleton } from '@parley/ui/skeleton';
import { type ReactNode, useEffect, useState } from 'react';

const SHOW_AFTER_MS = 150;
const LIMIT_MS = 8_000;

/** Stands where a contribution loads: nothing at first, then a skeleton; after the limit it gives up. */
export function SlotWaiting({ onLimit, children }: { readonly onLimit: () => void; readonly children: ReactNode }) {
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    const show = setTimeout(() => setVisible(true), SHOW_AFTER_MS);
    const limit = setTimeout(onLimit, LIMIT_MS);
    return () => {
      clearTimeout(show);
      clearTimeout(limit);
    };
  }, [onLimit]);
  return isVisible ? (children ?? <Skeleton />) : undefined;
}
