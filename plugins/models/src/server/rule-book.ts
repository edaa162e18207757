import { isAppError } from '@parley/contracts';
import type { Principal } from '@parley/contracts';
import type { Clock, PluginContext } from '@parley/kernel';
import { modelsErrors, ModelsSettings } from '@parley/plugin-models/contract';
import type { ModelRule } from '@parley/plugin-models/contract';
import { ruleEntity, settingsEntity } from './entities.ts';

/** A rule with its revision. */
export interface KeptRule {
  readonly rule: ModelRule;
  readonly rev: number;
}

/** What the operator of one tenant says about models. */
export interface Rules {
  /** By `provider/model`. */
  readonly byModel: ReadonlyMap<string, KeptRule>;
  readonly settings: ModelsSettings;
  /** Revision of the settings; 0 before they were saved. */
  readonly rev: number;
}

/** The rules and settings of all tenants, each kept in memory until it changes, for a while at most. */
export interface RuleBook {
  read(principal: Principal): Promise<Rules>;
  /** Without a rule, takes back the one there is. @throws MODELS_CHANGED */
  setRule(
    principal: Principal,
    model: string,
    rule: ModelRule | undefined,
    rev: number | undefined,
  ): Promise<KeptRule | undefined>;
  /** @throws MODELS_CHANGED */
  setSettings(
    principal: Principal,
    settings: ModelsSettings,
    rev: number,
  ): Promise<{ readonly settings: ModelsSettings; readonly rev: number }>;
  /** Reads again at the next use. */
  forget(): void;
}

/** Another node's change may be missed, its doorbell being one that can be lost. */
const MAX_AGE_MS = 5_000;
const PAGE = 1_000;
const LOST_RACES = ['STORAGE_CONFLICT', 'STORAGE_DUPLICATE', 'STORAGE_NOT_FOUND'];

const orChanged = async <T>(write: Promise<T>): Promise<T> => {
  try {
    return await write;
  } catch (error) {
    if (LOST_RACES.some((code) => isAppError(error, code))) throw modelsErrors.CHANGED();
    throw error;
  }
};

/** A rule book over the plugin's records. */
export function createRuleBook(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly clock: Clock;
}): RuleBook {
  const { ctx, clock } = deps;
  const kept = new Map<string, { readonly rules: Promise<Rules>; readonly untilMs: number }>();

  const findSettings = async (principal: Principal) =>
    (await ctx.store(settingsEntity, principal).list({ where: { name: 'settings' }, limit: 1 })).items[0];

  const findRules = async (principal: Principal) => {
    const store = ctx.store(ruleEntity, principal);
    let page = await store.list({ limit: PAGE });
    const items = [...page.items];
    while (page.next !== undefined) {
      page = await store.list({ limit: PAGE, after: page.next });
      items.push(...page.items);
    }
    return items;
  };

  const load = async (principal: Principal): Promise<Rules> => {
    const [items, settings] = await Promise.all([findRules(principal), findSettings(principal)]);
    return {
      byModel: new Map(items.map(({ model, rule, rev }) => [model, { rule, rev }])),
      settings: settings?.settings ?? ModelsSettings.parse({}),
      rev: settings?.rev ?? 0,
    };
  };

  return {
    read(principal) {
      const { tenantId } = principal;
      const known = kept.get(tenantId);
      if (known && clock.now() < known.untilMs) return known.rules;
      const rules = load(principal);
      const entry = { rules, untilMs: clock.now() + MAX_AGE_MS };
      kept.set(tenantId, entry);
      rules.catch(() => kept.get(tenantId) === entry && kept.delete(tenantId));
      return rules;
    },
    async setRule(principal, model, rule, rev) {
      const store = ctx.store(ruleEntity, principal);
      const found = (await store.list({ where: { model }, limit: 1 })).items[0];
      if (rev !== undefined && rev !== (found?.rev ?? 0)) throw modelsErrors.CHANGED();
      kept.clear();
      if (rule === undefined) {
        if (found) await orChanged(store.delete(found.id, found.rev));
        return undefined;
      }
      const saved = await orChanged(
        found ? store.update(found.id, { rule }, found.rev) : store.insert({ model, rule }),
      );
      return { rule: saved.rule, rev: saved.rev };
    },
    async setSettings(principal, settings, rev) {
      const store = ctx.store(settingsEntity, principal);
      const found = await findSettings(principal);
      if (rev !== (found?.rev ?? 0)) throw modelsErrors.CHANGED();
      kept.clear();
      const saved = await orChanged(
        found ? store.update(found.id, { settings }, found.rev) : store.insert({ name: 'settings', settings }),
      );
      return { settings: saved.settings, rev: saved.rev };
    },
    forget: () => kept.clear(),
  };
}
