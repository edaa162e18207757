import type { AvailableModel } from '@parley/contracts';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { useContract, useHost } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { useAtom, useSetAtom } from 'jotai';
import { useCallback } from 'react';
import { lastModelAtom, pickedModelsAtom } from './atoms.ts';

const MOST_REMEMBERED = 100;

/** The models there are, the one in use here, and how to pick another. */
export interface ModelChoice {
  readonly models: readonly AvailableModel[] | undefined;
  readonly model: AvailableModel | undefined;
  readonly error: Error | null;
  readonly pick: (id: string) => void;
}

/** The model of a conversation: picked here, else used here before, else picked last anywhere, else the default. */
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
  const wanted = [
    picked.findLast((entry) => entry.conversationId === conversationId)?.model,
    conversation.data?.model,
    last,
    list.data?.default,
  ];
  const models = list.data?.items;
  const model = wanted.map((id) => models?.find((entry) => entry.id === id)).find(Boolean) ?? models?.[0];
  const pick = useCallback(
    (id: string) => {
      setLast(id);
      if (conversationId !== undefined) setPicked((entries) => remember(entries, conversationId, id));
    },
    [conversationId, setLast, setPicked],
  );
  return { models, model, error: list.error, pick };
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
