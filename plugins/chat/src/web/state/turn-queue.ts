import type { AskOptions } from './asked-with.ts';

/** A message that waits for the answer before it. */
export interface QueuedTurn {
  readonly id: string;
  readonly text: string;
  /** Model picked when it was queued. */
  readonly model: string;
  /** What it is asked with, as set when it was queued. */
  readonly options: AskOptions;
  /** Goes out as soon as the running answer has been stopped for it. */
  readonly isUrgent?: boolean;
}

/** Why a queue waits for a person although no answer is running. */
export type PauseReason = 'stopped' | 'failed';

/** What waits in one conversation. */
export interface TurnQueue {
  readonly turns: readonly QueuedTurn[];
  readonly pausedBy?: PauseReason | undefined;
}

/** Nothing waits. */
export const emptyQueue: TurnQueue = { turns: [] };

/** One more turn at the end, an urgent one at the front. */
export const enqueue = (queue: TurnQueue, turn: QueuedTurn): TurnQueue => ({
  ...queue,
  turns: turn.isUrgent ? [turn, ...queue.turns] : [...queue.turns, turn],
});

/** Without that turn; an empty queue is not paused. */
export function withoutTurn(queue: TurnQueue, id: string): TurnQueue {
  const turns = queue.turns.filter((turn) => turn.id !== id);
  return turns.length === 0 ? emptyQueue : { ...queue, turns };
}

/** The next turn to send and what waits after it. */
export function takeNext(queue: TurnQueue): { readonly next: QueuedTurn | undefined; readonly rest: TurnQueue } {
  const [next, ...turns] = queue.turns;
  return { next, rest: turns.length === 0 ? emptyQueue : { turns } };
}

/** What an ended answer means for the queue: success lets it go on, anything else pauses it. */
export function afterAnswer(queue: TurnQueue, outcome: 'success' | PauseReason): TurnQueue {
  if (queue.turns.length === 0) return emptyQueue;
  const goesOn = outcome === 'success' || (outcome === 'stopped' && queue.turns[0]?.isUrgent === true);
  return goesOn ? { turns: queue.turns } : { turns: queue.turns, pausedBy: outcome };
}
