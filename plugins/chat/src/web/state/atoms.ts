import type { WebHost } from '@parley/web';
import type { PrimitiveAtom } from 'jotai';
import type { Outbox } from './outbox.ts';
import type { TurnQueue } from './turn-queue.ts';

const nothing: Outbox = [];

/** Requests under way in this tab. */
export const outboxAtom = (host: WebHost): PrimitiveAtom<Outbox> => host.atom('outbox', nothing);

/** Turns that wait in one conversation, in this tab. */
export const queueAtom = (host: WebHost, conversationId: string, initial: TurnQueue): PrimitiveAtom<TurnQueue> =>
  host.atom(`queue:${conversationId}`, initial);

/** The model a person picked last. */
export const lastModelAtom = (host: WebHost): PrimitiveAtom<string> =>
  host.atom('last-model', '', { scope: 'persist' });

/** Models picked for single conversations, the latest last. */
export const pickedModelsAtom = (host: WebHost): PrimitiveAtom<readonly PickedModel[]> =>
  host.atom<readonly PickedModel[]>('picked-models', nothingPicked, { scope: 'persist' });

/** The model a person picked in one conversation. */
export interface PickedModel {
  readonly conversationId: string;
  readonly model: string;
}
const nothingPicked: readonly PickedModel[] = [];
