import type { Conversation } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useLocation } from '@parley/web/router';
import { useSetAtom } from 'jotai';
import { hiddenAtom } from './hidden.ts';
import { messages } from './messages.ts';

const UNDO_MS = 8_000;

/** Deletes a conversation: gone from the page at once, from the server when the time to undo has passed. */
export function useRemove(): (conversation: Conversation) => void {
  const host = useHost();
  const { client, queries } = useContract(conversationsContract);
  const setHidden = useSetAtom(hiddenAtom(host));
  const { pathname } = useLocation();
  return ({ id, title }) => {
    let isUndone = false;
    const show = () => setHidden((ids) => ids.filter((hidden) => hidden !== id));
    const commit = async () => {
      removeEventListener('pagehide', onLeave);
      if (isUndone) return;
      try {
        await client.remove({ id });
        await host.queryClient.invalidateQueries({ queryKey: queries.list.key() });
      } catch (error) {
        const description = error instanceof Error ? error.message : String(error);
        host.toast({ title: messages.changeFailed, description, tone: 'danger' });
      }
      show();
    };
    // Who closes the page meant what they did.
    const onLeave = () => void commit();
    const undo = () => {
      isUndone = true;
      show();
    };
    setHidden((ids) => [...ids, id]);
    addEventListener('pagehide', onLeave);
    if (pathname === `/c/${id}`) host.navigate('/');
    host.toast(
      { title: messages.removed(title || messages.untitled), action: { label: messages.undo, onAction: undo } },
      { timeoutMs: UNDO_MS, onClose: onLeave },
    );
  };
}
