import type {
  AvailableModel,
  LiveRef,
  ModelFacts,
  ModelFactsSource,
  ModelProvider,
  Principal,
} from '@parley/contracts';
import { modelsErrors } from '@parley/plugin-models/contract';
import type { ManagedModel, ModelDirectory, ModelList, ModelTarget } from '@parley/plugin-models/contract';
import { refusalOf } from './access.ts';
import { mergeModel } from './merge-model.ts';
import type { Said } from './merge-model.ts';
import { toStatus } from './provider-asker.ts';
import type { Asked, createProviderAsker, ProviderTitle } from './provider-asker.ts';
import type { RuleBook, Rules } from './rule-book.ts';
import { settleAliases } from './settle-aliases.ts';

/** All models with what is said of each, as those who manage them see it. */
export interface ManagedList extends Pick<ModelList, 'providers'>, Pick<Rules, 'settings' | 'rev'> {
  readonly items: readonly ManagedModel[];
}

/** The directory, and what managing it needs. */
export interface ManagedDirectory extends Omit<ModelDirectory, 'refresh'> {
  manage(principal: Principal, signal: AbortSignal): Promise<ManagedList>;
}

interface Known {
  readonly model: AvailableModel;
  readonly said: Said;
  readonly isHidden: boolean;
}

const NOT_LISTED = 'Its provider does not list it now';
const NO_PARAMETERS = { type: 'object', properties: {}, additionalProperties: false };

/** Splits `provider/model`; the provider's own id may hold slashes. */
function splitModel(id: string): { readonly provider: string; readonly model: string } {
  const slash = id.indexOf('/');
  return { provider: id.slice(0, Math.max(0, slash)), model: id.slice(slash + 1) };
}

const pickDefault = (models: readonly AvailableModel[], wanted: string | undefined): string | undefined => {
  const usable = models.filter((model) => model.unavailable === undefined);
  const real = usable.filter((model) => !model.demo);
  return (
    usable.find(({ id }) => id === wanted) ??
    // A name for other models is picked when somebody wants it, not by itself.
    real.find((model) => !model.standsFor) ??
    real[0] ??
    usable.find(({ id }) => id === 'demo/guide') ??
    usable[0]
  )?.id;
};

/** A directory over the providers there are, what is known of their models, and the operator's rules. */
export function createModelDirectory(deps: {
  readonly providers: LiveRef<ModelProvider, ProviderTitle>;
  readonly asker: ReturnType<typeof createProviderAsker>;
  readonly facts: LiveRef<ModelFactsSource>;
  readonly rules: Pick<RuleBook, 'read'>;
}): ManagedDirectory {
  const { providers, asker, facts, rules } = deps;

  const factsOf = (family: string | undefined, model: string): ModelFacts | undefined => {
    if (family === undefined || facts.keys().length === 0) return undefined;
    using lease = facts.lease();
    return lease.value.lookup(family, model);
  };

  const know = (
    principal: Principal,
    asked: Pick<Asked, 'key' | 'title'>,
    id: string,
    said: Said,
    book: Rules,
  ): Known => {
    const { key, title } = asked;
    const known = { ...said, facts: factsOf(title.family, id), rule: book.byModel.get(`${key}/${id}`)?.rule };
    const model = mergeModel(id, { key, ...title }, known);
    const refusal = refusalOf(principal, known, book.settings);
    return {
      model: refusal ? { ...model, unavailable: refusal.reason } : model,
      said: known,
      isHidden: refusal?.isHidden ?? false,
    };
  };
  const knowAll = (principal: Principal, asked: readonly Asked[], book: Rules): Known[] =>
    asked.flatMap((each) =>
      'models' in each.answer
        ? each.answer.models.map((listed) => know(principal, each, listed.id, { listed }, book))
        : [],
    );

  const list: ModelDirectory['list'] = async (principal, signal) => {
    const [asked, book] = await Promise.all([asker.all(principal), rules.read(principal)]);
    signal.throwIfAborted();
    const known = knowAll(principal, asked, book).filter(({ isHidden }) => !isHidden);
    const items = settleAliases(known.map(({ model }) => model));
    const picked = pickDefault(items, book.settings.defaultModel);
    return { items, providers: asked.map(toStatus), ...(picked === undefined ? {} : { default: picked }) };
  };

  const find: ModelDirectory['find'] = async (principal, id, signal): Promise<ModelTarget> => {
    const { provider, model } = splitModel(id);
    const [asked, book] = await Promise.all([asker.one(principal, provider), rules.read(principal)]);
    const models = asked && 'models' in asked.answer ? asked.answer.models : undefined;
    const listed = models?.find((info) => info.id === model);
    if (!asked || (models && !listed)) {
      const { items } = await list(principal, signal);
      throw modelsErrors.UNKNOWN({ model: id, known: items.map((available) => available.id) });
    }
    const { model: info } = know(principal, asked, model, { listed }, book);
    if (info.unavailable !== undefined) throw modelsErrors.NOT_ALLOWED({ model: id, reason: info.unavailable });
    return {
      provider,
      model,
      info,
      isListed: listed !== undefined,
      ...(asked.credentials ? { credentials: asked.credentials } : {}),
    };
  };

  // The parameters of a name for other models are those of the first that the person may use.
  const parameters: ModelDirectory['parameters'] = async (principal, id, signal) => {
    const target = await find(principal, id, signal);
    for (const each of target.info.standsFor ?? []) {
      try {
        return await parameters(principal, each, signal);
      } catch {
        signal.throwIfAborted();
      }
    }
    using lease = providers.lease(target.provider);
    return (await lease.value.parameters?.(target.model)) ?? NO_PARAMETERS;
  };

  return {
    list,
    find,
    parameters,
    async manage(principal, signal) {
      const [asked, book] = await Promise.all([asker.all(principal), rules.read(principal)]);
      signal.throwIfAborted();
      const known = knowAll(principal, asked, book);
      const listedIds = new Set(known.map(({ model }) => model.id));
      const unlisted = [...book.byModel.keys()]
        .filter((id) => !listedIds.has(id))
        .map((id) => {
          const { provider, model } = splitModel(id);
          const title = asked.find(({ key }) => key === provider)?.title ?? { title: provider, demo: false };
          const one = know(principal, { key: provider, title }, model, {}, book);
          return { ...one, model: { ...one.model, unavailable: one.model.unavailable ?? NOT_LISTED } };
        });
      const all = [...known, ...unlisted];
      const settled = settleAliases(all.map(({ model }) => model));
      const items = all.map(({ said: { listed, facts: known }, model }, index): ManagedModel => {
        const kept = book.byModel.get(model.id);
        return {
          model: settled[index] ?? model,
          ...(listed ? { listed } : {}),
          ...(known ? { facts: known } : {}),
          ...kept,
        };
      });
      return { items, providers: asked.map(toStatus), settings: book.settings, rev: book.rev };
    },
  };
}
