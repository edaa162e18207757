import { useHost } from '@parley/web';
import { useAtom } from 'jotai';
import { type SetStateAction, useEffect, useMemo } from 'react';
import { queueAtom } from './atoms.ts';
import { NO_OPTIONS } from './asked-with.ts';
import { emptyQueue, type TurnQueue } from './turn-queue.ts';

const keyOf = (conversationId: string): string => `queue:${conversationId}`;

/** What this tab had waiting before it was loaded again. */
function restore(conversationId: string): TurnQueue {
  try {
    const text = sessionStorage.getItem(keyOf(conversationId));
    if (text === null) return emptyQueue;
    const { turns, ...rest } = JSON.parse(text) as TurnQueue;
    return { ...rest, turns: turns.map((turn) => ({ ...turn, options: { ...NO_OPTIONS, ...turn.options } })) };
  } catch {
    return emptyQueue;
  }
}

function keep(conversationId: string, queue: TurnQueue): void {
  try {
    if (queue.turns.length === 0) sessionStorage.removeItem(keyOf(conversationId));
    else sessionStorage.setItem(keyOf(conversationId), JSON.stringify(queue));
  } catch {
    // A full or forbidden storage loses the queue at a reload, not now.
  }
}

/** The turns that wait in a conversation, in this tab; they outlive a reload. */
export function useQueue(conversationId: string): readonly [TurnQueue, (change: SetStateAction<TurnQueue>) => void] {
  const host = useHost();
  const atom = useMemo(() => queueAtom(host, conversationId, restore(conversationId)), [host, conversationId]);
  const [queue, setQueue] = useAtom(atom);
  useEffect(() => keep(conversationId, queue), [conversationId, queue]);
  return [queue, setQueue];
}
