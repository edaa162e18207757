import { holdsPermission, type ManifestContribution, type Slot, type User } from '@parley/contracts';
import { useMemo, useSyncExternalStore } from 'react';
import { useWebPlugins } from '../plugin/web-plugins-context.ts';
import { useSession } from '../session/use-session.ts';

/** What plugins put into a slot for who is signed in, in order, as data: no code of theirs runs. */
export function useContributions(slot: Pick<Slot<unknown>, 'id'>): readonly ManifestContribution[] {
  const plugins = useWebPlugins();
  const { user } = useSession();
  const all = useSyncExternalStore(plugins.subscribe, () => plugins.contributions(slot.id));
  return useMemo(() => (all.some(({ permission }) => permission) ? all.filter(isFor(user)) : all), [all, user]);
}

const isFor =
  (user: User | undefined) =>
  ({ permission }: ManifestContribution): boolean =>
    permission === undefined || (user !== undefined && holdsPermission(user, permission));
