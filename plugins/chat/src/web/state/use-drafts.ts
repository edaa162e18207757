import { useSession } from '@parley/web';
import { useMemo } from 'react';
import { createDrafts, type Drafts } from './drafts.ts';

/** The drafts of who is signed in. */
export function useDrafts(): Drafts {
  const userId = useSession().user?.id ?? 'anonymous';
  return useMemo(() => createDrafts(userId, localStorage), [userId]);
}
