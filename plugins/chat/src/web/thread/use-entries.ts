import type { Message } from '@parley/contracts';
import { useMemo } from 'react';
import type { MessageEntry } from '../message/message-context.ts';
import { branchThrough, createMessageTree, siblingsOf } from '../state/message-tree.ts';
import { itemOf, type Outbox } from '../state/outbox.ts';
import type { LostRuns } from '../state/use-live-runs.ts';

interface EntryInput {
  readonly messages: readonly Message[];
  readonly leafId: string | undefined;
  readonly editingId: string | undefined;
  readonly outbox: Outbox;
  readonly lost: LostRuns;
}

/** The branch that is shown, each message with what its row needs. */
export function useEntries({ messages, leafId, editingId, outbox, lost }: EntryInput): readonly MessageEntry[] {
  const tree = useMemo(() => createMessageTree(messages), [messages]);
  return useMemo(() => {
    const branch = branchThrough(tree, leafId);
    return branch.map((message, index) => ({
      message,
      place: siblingsOf(tree, message),
      isLast: index === branch.length - 1,
      isEditing: message.id === editingId,
      item: itemOf(outbox, message.id),
      lost: message.runId !== undefined && lost.has(message.runId) ? { error: lost.get(message.runId) } : undefined,
    }));
  }, [tree, leafId, editingId, outbox, lost]);
}
