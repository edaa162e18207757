import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { useSyncExternalStore } from 'react';

/** Says things to screen readers. */
export interface Announcer {
  readonly announce: (text: string, politeness?: 'polite' | 'assertive') => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => Readonly<Record<'polite' | 'assertive', string>>;
}

/** Holds what is said; `AnnouncerRegion` puts it into the page. */
export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>();
  let said = { polite: '', assertive: '' };
  return {
    announce(text, politeness = 'polite') {
      // The same sentence twice is a change only when its text differs.
      const again = said[politeness] === text ? `${text}\u00A0` : text;
      said = { ...said, [politeness]: again };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => said,
  };
}

/** The two live regions of the page. Stands once, from the start, or readers miss the first words. */
export function AnnouncerRegion({ announcer }: { readonly announcer: Announcer }) {
  const said = useSyncExternalStore(announcer.subscribe, announcer.read);
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite">
        {said.polite}
      </div>
      <div role="alert" aria-live="assertive">
        {said.assertive}
      </div>
    </VisuallyHidden>
  );
}
