import { threadPanel } from '@parley/plugin-chat/contract';
import { Slot, useContributions } from '@parley/web';
import { SidePanel } from '@parley/web/layout';
import { usePanel } from './use-panel.ts';

/** The panel that is open beside the thread, if one is. */
export function ThreadPanels({ conversationId }: { readonly conversationId: string }) {
  const contributions = useContributions(threadPanel);
  const { openId, close } = usePanel();
  const open = contributions.find(({ id }) => id === openId);
  if (!open) return undefined;
  return (
    <SidePanel label={open.title ?? open.id} onClose={close}>
      <Slot of={threadPanel} props={{ conversationId, close }} select={(contribution) => contribution === open} />
    </SidePanel>
  );
}
