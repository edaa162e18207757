import { auditEvent, bus, credentialsChanged, live, modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { chatRoute } from '@parley/plugin-chat/contract';
import { ALIAS_PROVIDER, MODEL_ROUTING_MANAGE, modelRoutingContract } from '@parley/plugin-model-routing/contract';
import { modelDirectory } from '@parley/plugin-models/contract';
import { createAliasProvider } from './alias-provider.ts';
import { createChooseModel } from './choose-model.ts';
import { routesEntity } from './entities.ts';
import { createFailureMemory } from './failure-memory.ts';
import { createRouteBook } from './route-book.ts';

const TITLE = 'Automatic';
/** Tells all nodes that routes have changed. */
const ROUTES_TOPIC = 'model-routing.routes';

/** Names for models, and who answers in place of a model that can't. */
export default definePlugin({
  id: 'model-routing',
  version: '0.1.0',
  kernel: '^1.0.0',
  provides: [modelProvider],
  requires: { bus, models: live(modelDirectory) },
  hooks: [chatRoute, credentialsChanged],
  entities: [routesEntity],
  permissions: { declares: [MODEL_ROUTING_MANAGE] },
  ui: {
    module: './web',
    slots: {
      'admin.models.tab': [
        { id: 'routes', title: 'Names and fallbacks', order: 100, permission: MODEL_ROUTING_MANAGE },
      ],
    },
  },
  setup(ctx, { bus, models }) {
    const { clock, system } = ctx;
    const routes = createRouteBook({ ctx, clock });
    const audit = ctx.hook(auditEvent);
    const provider = createAliasProvider(async () => (await routes.read(system)).items);
    ctx.effect(() => bus.subscribe(ROUTES_TOPIC, () => routes.forget()), 'routes of other nodes');
    const memory = createFailureMemory(clock);
    ctx.on(chatRoute, createChooseModel({ routes, memory, models }));
    ctx.on(credentialsChanged, () => memory.forget());
    ctx.provide(modelProvider, provider, { title: TITLE }, ALIAS_PROVIDER);
    ctx.routes(modelRoutingContract, {
      list: (_input, { principal }) => routes.read(principal),
      async set(input, { principal }) {
        const saved = await routes.set(principal, input);
        await bus.publish(ROUTES_TOPIC, `${saved.rev}`);
        using lease = models.lease();
        await lease.value.refresh(ALIAS_PROVIDER);
        const { id: principalId, tenantId } = principal;
        const base = { kind: 'changed' as const, pluginId: ctx.id, principalId, tenantId, atMs: clock.now() };
        await audit.run({ ...base, what: 'names and fallbacks', rev: saved.rev }, ctx.call());
        return saved;
      },
    });
  },
});
