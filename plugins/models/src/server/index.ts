import {
  auditEvent,
  bus,
  credentialsChanged,
  credentialStore,
  live,
  modelFacts,
  modelProvider,
} from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { userEvents } from '@parley/plugin-events/contract';
import { modelDirectory, MODELS_MANAGE, modelsContract, providerAccess } from '@parley/plugin-models/contract';
import { Config } from './config.ts';
import { createModelDirectory } from './directory.ts';
import { ruleEntity, settingsEntity } from './entities.ts';
import { createHandlers } from './handlers.ts';
import { createProviderAccess } from './provider-access.ts';
import { createProviderAsker } from './provider-asker.ts';
import { createRuleBook } from './rule-book.ts';
import { testProvider } from './test-provider.ts';

/** Tells all nodes that rules have changed. */
const RULES_TOPIC = 'models.rules';
/** Tells all nodes that a provider has other models. */
const PROVIDER_TOPIC = 'models.provider';

/** The models of all providers, as one person may use them. */
export default definePlugin({
  id: 'models',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelDirectory, providerAccess],
  requires: {
    bus,
    events: userEvents,
    providers: live(modelProvider),
    credentials: live(credentialStore),
    facts: live(modelFacts),
  },
  permissions: { declares: [MODELS_MANAGE] },
  hooks: [credentialsChanged],
  entities: [ruleEntity, settingsEntity],
  ui: {
    module: './web',
    slots: {
      'admin.page': [{ id: 'models', title: 'Providers and models', order: 100, permission: MODELS_MANAGE }],
    },
  },
  setup(ctx, { bus, events, providers, credentials, facts }) {
    const { clock, log } = ctx;
    const access = createProviderAccess(credentials);
    const asker = createProviderAsker({
      providers,
      access,
      clock,
      log,
      maxAgeMs: ctx.config.modelListSeconds * 1_000,
    });
    const rules = createRuleBook({ ctx, clock });
    const audit = ctx.hook(auditEvent);
    const directory = createModelDirectory({ providers, asker, facts, rules });
    ctx.effect(() => providers.onChange(() => asker.forget()), 'list of providers');
    ctx.effect(() => bus.subscribe(RULES_TOPIC, () => rules.forget()), 'rules of other nodes');
    ctx.effect(() => bus.subscribe(PROVIDER_TOPIC, (provider) => asker.forget(provider)), 'models of other nodes');
    const refresh = async (provider: string): Promise<void> => {
      asker.forget(provider);
      await bus.publish(PROVIDER_TOPIC, provider);
      await events.publishToAll({ topic: 'models', id: provider });
    };
    ctx.on(credentialsChanged, ({ provider, ownerId }) =>
      ownerId === undefined ? refresh(provider) : asker.forget(provider),
    );
    ctx.provide(modelDirectory, { ...directory, refresh }, {});
    ctx.provide(providerAccess, access, {});
    ctx.routes(
      modelsContract,
      createHandlers({
        directory,
        rules,
        test: (principal, provider) => testProvider({ asker, clock }, principal, provider),
        async onChange({ principal: { id: principalId, tenantId }, model, rev }) {
          const revision = rev === undefined ? {} : { rev };
          await bus.publish(RULES_TOPIC, model ?? 'settings');
          await events.publishToAll({ topic: 'models', id: model ?? 'settings', ...revision });
          const what = model === undefined ? 'settings of models' : `rule ${model}`;
          const base = { kind: 'changed' as const, pluginId: ctx.id, principalId, tenantId, atMs: clock.now() };
          await audit.run({ ...base, what, ...revision }, ctx.call());
        },
      }),
    );
  },
});
