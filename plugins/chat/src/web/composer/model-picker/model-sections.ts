import type { AvailableModel } from '@parley/contracts';
import { messages } from '../../messages.ts';
import { findModels } from './find-models.ts';

/** Models under one heading. */
export interface ModelSection {
  readonly id: string;
  readonly title: string;
  readonly models: readonly AvailableModel[];
}

/** One line of the list; a model may stand in more than one section. */
export interface ModelLine {
  readonly key: string;
  readonly model: AvailableModel;
}

interface SectionsInput {
  readonly models: readonly AvailableModel[];
  readonly query: string;
  readonly favourites: readonly string[];
  /** The latest first. */
  readonly recent: readonly string[];
}

/** In a list that is seen at a glance, what was used last is not worth a second place. */
const SHORT_LIST = 12;
const MOST_RECENT = 4;

/** What the list shows: favourites, recent ones and each provider's, or what a search found, the best first. */
export function toSections({ models, query, favourites, recent }: SectionsInput): readonly ModelSection[] {
  if (query.trim() !== '')
    return withModels([{ id: 'found', title: messages.foundModels, models: findModels(models, query) }]);
  const byId = new Map(models.map((model) => [model.id, model]));
  const pick = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const unmarked = recent.filter((id) => !favourites.includes(id));
  const lately = models.length > SHORT_LIST ? pick(unmarked).slice(0, MOST_RECENT) : [];
  const byProvider = Map.groupBy(models, ({ provider }) => provider);
  return withModels([
    { id: 'favourites', title: messages.favourites, models: pick(favourites) },
    { id: 'recent', title: messages.recentModels, models: lately },
    ...[...byProvider].map(([id, own]) => ({ id: `of-${id}`, title: own[0]?.providerTitle ?? id, models: own })),
  ]);
}

const withModels = (sections: readonly ModelSection[]) => sections.filter(({ models }) => models.length > 0);

/** The lines of some sections in their order. */
export const linesOf = (sections: readonly ModelSection[]): readonly ModelLine[] =>
  sections.flatMap((section) => section.models.map((model) => ({ key: `${section.id}:${model.id}`, model })));
