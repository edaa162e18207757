import type { ManifestContribution, Slot } from '@parley/contracts';
import { useSyncExternalStore } from 'react';
import { useWebPlugins } from '../plugin/web-plugins-context.ts';

/** What plugins put into a slot, in order, as data: no code of theirs runs. */
export function useContributions(slot: Pick<Slot<unknown>, 'id'>): readonly ManifestContribution[] {
  const plugins = useWebPlugins();
  return useSyncExternalStore(plugins.subscribe, () => plugins.contributions(slot.id));
}
