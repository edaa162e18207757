import type { AvailableModel } from '@parley/contracts';
import { useHost } from '@parley/web';
import { useAtom } from 'jotai';
import { useCallback, useMemo } from 'react';
import type { AskOptions, ModelParameters } from './asked-with.ts';
import { NO_OPTIONS } from './asked-with.ts';
import { parametersAtom, webSearchAtom } from './atoms.ts';
import { NEW_CHAT } from './drafts.ts';

/** What the provider calls its own search of the web. */
const WEB_SEARCH = 'web-search';
const MOST_MODELS = 200;
const MOST_PLACES = 200;

/** What a person has set for a model, and how to set it. It is kept in this browser. */
export function useParameters(model: string | undefined) {
  const [all, setAll] = useAtom(parametersAtom(useHost()));
  const set = useCallback(
    (parameters: ModelParameters) => {
      if (model === undefined) return;
      setAll((before) => {
        const others = before.filter((entry) => entry.model !== model);
        const isEmpty = Object.keys(parameters).length === 0;
        return isEmpty ? others : [...others, { model, parameters }].slice(-MOST_MODELS);
      });
    },
    [model, setAll],
  );
  return [all.find((entry) => entry.model === model)?.parameters ?? NO_OPTIONS.parameters, set] as const;
}

/** Whether the web is to be searched in a conversation, and how to change it. */
export function useWebSearch(conversationId: string | undefined) {
  const place = conversationId ?? NEW_CHAT;
  const [places, setPlaces] = useAtom(webSearchAtom(useHost()));
  const set = useCallback(
    (isOn: boolean, where = place) =>
      setPlaces((before) => {
        const others = before.filter((each) => each !== where);
        return isOn ? [...others, where].slice(-MOST_PLACES) : others;
      }),
    [place, setPlaces],
  );
  return [places.includes(place), set] as const;
}

/** What to ask each model with here. */
export function useAskOptions(
  conversationId: string | undefined,
  models: readonly AvailableModel[] | undefined,
): (model: string) => AskOptions {
  const [all] = useAtom(parametersAtom(useHost()));
  const [isSearching] = useWebSearch(conversationId);
  return useMemo(
    () => (id) => {
      const canSearch = models?.find((model) => model.id === id)?.abilities.webSearch === true;
      return {
        parameters: all.find((entry) => entry.model === id)?.parameters ?? NO_OPTIONS.parameters,
        builtInTools: isSearching && canSearch ? [WEB_SEARCH] : [],
      };
    },
    [all, models, isSearching],
  );
}
