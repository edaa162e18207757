import type { Handlers, Principal } from '@parley/contracts';
import type { modelsContract, ProviderTest } from '@parley/plugin-models/contract';
import type { ManagedDirectory } from './directory.ts';
import type { RuleBook } from './rule-book.ts';

/** What somebody changed: a model's rule, or with `undefined` the settings. */
export interface RuleChange {
  readonly principal: Principal;
  readonly model: string | undefined;
  readonly rev: number | undefined;
}

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly directory: ManagedDirectory;
  readonly rules: RuleBook;
  readonly onChange: (change: RuleChange) => Promise<void>;
  readonly test: (principal: Principal, provider: string) => Promise<ProviderTest>;
}): Handlers<(typeof modelsContract)['operations']> {
  const { directory, rules, onChange, test } = deps;
  return {
    async list(_input, { principal, signal }) {
      const { items, providers: status, default: picked } = await directory.list(principal, signal);
      return { items: [...items], providers: [...status], ...(picked === undefined ? {} : { default: picked }) };
    },
    async parameters({ model }, { principal, signal }) {
      return { schema: (await directory.parameters(principal, model, signal)) as Record<string, never> };
    },
    async manage(_input, { principal, signal }) {
      const { items, providers, settings, rev } = await directory.manage(principal, signal);
      return { items: [...items], providers: [...providers], settings, rev };
    },
    async setRule({ model, rule, rev }, { principal }) {
      const saved = await rules.setRule(principal, model, rule ?? undefined, rev);
      await onChange({ principal, model, rev: saved?.rev });
      return saved ?? {};
    },
    async setEnabled({ models, enabled }, { principal }) {
      const { byModel } = await rules.read(principal);
      for (const model of new Set(models)) {
        const kept = byModel.get(model);
        if (kept?.rule.enabled !== enabled)
          await rules.setRule(principal, model, { ...kept?.rule, enabled }, kept?.rev ?? 0);
      }
      await onChange({ principal, model: models.length === 1 ? models[0] : undefined, rev: undefined });
    },
    test: ({ provider }, { principal }) => test(principal, provider),
    async setSettings({ settings, rev }, { principal }) {
      const saved = await rules.setSettings(principal, settings, rev);
      await onChange({ principal, model: undefined, rev: saved.rev });
      return saved;
    },
  };
}
