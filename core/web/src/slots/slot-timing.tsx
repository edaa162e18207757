import { type ReactNode, useLayoutEffect, useState } from 'react';

/** Measures how long a contribution took from its first render to the page; `performance.getEntriesByType('measure')`. */
export function SlotTiming({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [start] = useState(() => performance.now());
  useLayoutEffect(() => {
    performance.measure?.(`slot:${name}`, { start, end: performance.now() });
  }, [name, start]);
  return children;
}
