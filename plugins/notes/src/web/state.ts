import { useHost } from '@parley/web';
import { useAtom } from 'jotai';

/** The note being written beside one conversation; it survives closing the panel and reloading the page. */
export function useDraft(conversationId: string) {
  const host = useHost();
  return useAtom(host.atom(`draft.${conversationId}`, '', { scope: 'persist' }));
}
