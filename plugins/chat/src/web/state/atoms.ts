import type { WebHost } from '@parley/web';
import type { PrimitiveAtom } from 'jotai';
import type { ModelParameters } from './asked-with.ts';
import type { Outbox } from './outbox.ts';
import type { TurnQueue } from './turn-queue.ts';

const nothing: Outbox = [];
const noIds: readonly string[] = [];

/** Requests under way in this tab. */
export const outboxAtom = (host: WebHost): PrimitiveAtom<Outbox> => host.atom('outbox', nothing);

/** Turns that wait in one conversation, in this tab. */
export const queueAtom = (host: WebHost, conversationId: string, initial: TurnQueue): PrimitiveAtom<TurnQueue> =>
  host.atom(`queue:${conversationId}`, initial);

/** The model a person picked last. */
export const lastModelAtom = (host: WebHost): PrimitiveAtom<string> =>
  host.atom('last-model', '', { scope: 'persist' });

/** Models a person wants at hand, in the order they were chosen. */
export const favouriteModelsAtom = (host: WebHost): PrimitiveAtom<readonly string[]> =>
  host.atom('favourite-models', noIds, { scope: 'persist' });

/** Models a person picked, the latest first. */
export const recentModelsAtom = (host: WebHost): PrimitiveAtom<readonly string[]> =>
  host.atom('recent-models', noIds, { scope: 'persist' });

/** Models picked in this tab for single conversations, the latest last; what was used there before the server knows. */
export const pickedModelsAtom = (host: WebHost): PrimitiveAtom<readonly PickedModel[]> =>
  host.atom<readonly PickedModel[]>('picked-models', nothingPicked);

/** The model a person picked in one conversation. */
export interface PickedModel {
  readonly conversationId: string;
  readonly model: string;
}
const nothingPicked: readonly PickedModel[] = [];

/** What a person has set for single models, the latest last. */
export const parametersAtom = (host: WebHost): PrimitiveAtom<readonly SetParameters[]> =>
  host.atom<readonly SetParameters[]>('parameters', nothingSet, { scope: 'persist' });

/** What a person has set for one model. */
export interface SetParameters {
  readonly model: string;
  readonly parameters: ModelParameters;
}
const nothingSet: readonly SetParameters[] = [];

/** The conversations in which the web is searched. */
export const webSearchAtom = (host: WebHost): PrimitiveAtom<readonly string[]> =>
  host.atom('web-search', noIds, { scope: 'persist' });
