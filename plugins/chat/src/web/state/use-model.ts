import type { AvailableModel, ProviderStatus } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { useContract, useHost } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { useAtom, useSetAtom } from 'jotai';
import { useCallback } from 'react';
import { modelName } from '../message/format.ts';
import { lastModelAtom, pickedModelsAtom, recentModelsAtom } from './atoms.ts';

const MOST_REMEMBERED = 100;
const MOST_RECENT = 8;

/** A model that was used here and can not be used now. */
export interface GoneModel {
  readonly id: string;
  readonly name: string;
  /** Why, for people, where it is known. */
  readonly reason: string | undefined;
}

/** The models there are, the one in use here, and how to pick another. */
export interface ModelChoice {
  readonly models: readonly AvailableModel[] | undefined;
  readonly model: AvailableModel | undefined;
  /** The model in whose place `model` stands. */
  readonly gone: GoneModel | undefined;
  readonly error: Error | null;
  readonly pick: (id: string) => void;
}

const isUsable = (model: AvailableModel | undefined): model is AvailableModel =>
  model !== undefined && model.unavailable === undefined;

function toGone(id: string, found: AvailableModel | undefined, providers: readonly ProviderStatus[]): GoneModel {
  const provider = providers.find(({ key }) => id.startsWith(`${key}/`));
  return { id, name: found?.name ?? modelName(id), reason: found?.unavailable ?? provider?.reason };
}

/**
 * The model of a conversation: picked here, else the last one used here. Of a new one: picked last anywhere, else the
 * operator's default. One that can not be used is replaced, in a conversation not without saying so.
 */
export function useModel(conversationId: string | undefined): ModelChoice {
  const host = useHost();
  const { queries } = useContract(modelsContract);
  const conversations = useContract(conversationsContract);
  const list = useQuery(queries.list.options({}));
  const conversation = useQuery({
    ...conversations.queries.get.options({ id: conversationId ?? '' }),
    enabled: false,
  });
  const [picked, setPicked] = useAtom(pickedModelsAtom(host));
  const [last, setLast] = useAtom(lastModelAtom(host));
  const setRecent = useSetAtom(recentModelsAtom(host));
  const models = list.data?.items;
  const find = (id: string | undefined) => models?.find((entry) => entry.id === id);
  const pickedHere = picked.findLast((entry) => entry.conversationId === conversationId)?.model;
  const wanted = pickedHere ?? conversation.data?.model;
  const otherwise = [last, list.data?.default].map(find).find(isUsable) ?? models?.find(isUsable);
  // Until it is known which model was used here, none is taken for it.
  const isComing = wanted === undefined && conversation.isFetching;
  const found = find(wanted);
  const model = isComing ? undefined : isUsable(found) ? found : otherwise;
  const isGone = wanted !== undefined && models !== undefined && !isUsable(found);
  const pick = useCallback(
    (id: string) => {
      setLast(id);
      setRecent((before) => [id, ...before.filter((each) => each !== id)].slice(0, MOST_RECENT));
      if (conversationId !== undefined) setPicked((entries) => remember(entries, conversationId, id));
    },
    [conversationId, setLast, setRecent, setPicked],
  );
  const gone = isGone ? toGone(wanted, found, list.data?.providers ?? []) : undefined;
  return { models, model, gone, error: list.error, pick };
}

/** Notes the model of a conversation that is only now beginning. */
export function useRememberModel(): (conversationId: string, model: string) => void {
  const setPicked = useSetAtom(pickedModelsAtom(useHost()));
  return useCallback(
    (conversationId, model) => setPicked((entries) => remember(entries, conversationId, model)),
    [setPicked],
  );
}

const remember = (
  entries: readonly { conversationId: string; model: string }[],
  conversationId: string,
  model: string,
) =>
  [...entries.filter((entry) => entry.conversationId !== conversationId), { conversationId, model }].slice(
    -MOST_REMEMBERED,
  );
