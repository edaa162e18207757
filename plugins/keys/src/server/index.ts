import {
  credentialsChanged,
  credentialStore,
  embeddingProvider,
  imageProvider,
  kernelReady,
  live,
  modelProvider,
  speechProvider,
} from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { userEvents } from '@parley/plugin-events/contract';
import { KEYS_MANAGE, keysContract } from '@parley/plugin-keys/contract';
import { askProvider } from './ask-provider.ts';
import { Config } from './config.ts';
import { ownKeyEntity, sharedKeyEntity } from './entities.ts';
import { createHandlers } from './handlers.ts';
import { uniteProviders } from './key-providers.ts';
import { createKeyRing } from './key-ring.ts';
import { createVault } from './vault.ts';

const KEY_ICON =
  'M15.5 2a6.5 6.5 0 0 0-6.2 8.4L2 17.7V22h4.3v-2.5h2.5V17h2.5l2.3-2.3A6.5 6.5 0 1 0 15.5 2Zm1.8 6.8a2 2 0 1 1 0-4 2 2 0 0 1 0 4Z';

/** Keys of people and of the operator for providers of every kind. */
export default definePlugin({
  id: 'keys',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [credentialStore],
  requires: {
    events: userEvents,
    models: live(modelProvider),
    embeddings: live(embeddingProvider),
    images: live(imageProvider),
    speech: live(speechProvider),
  },
  permissions: { declares: [KEYS_MANAGE] },
  hooks: [kernelReady],
  entities: [ownKeyEntity, sharedKeyEntity],
  ui: {
    module: './web',
    slots: {
      'settings.page': [{ id: 'keys', title: 'My keys', icon: KEY_ICON, order: 120 }],
      'admin.provider': [{ id: 'key', title: 'Shared key', permission: KEYS_MANAGE, order: 100 }],
      'onboarding.step': [{ id: 'connect', title: 'Connect a provider', order: 100 }],
    },
  },
  setup(ctx, { events, models, embeddings, images, speech }) {
    const { clock, log, system } = ctx;
    const providers = uniteProviders([models, embeddings, images, speech]);
    const vault = createVault(ctx.config.keyId, (id) => ctx.key(`credentials ${id}`));
    const shares = { vault, clock, ask: askProvider.bind(undefined, providers) };
    const own = createKeyRing({
      ...shares,
      storeOf: (principal) => ctx.store(ownKeyEntity, principal),
      ownerOf: ({ id }) => id,
    });
    const shared = createKeyRing({
      ...shares,
      storeOf: (principal) => ctx.store(sharedKeyEntity, principal),
      ownerOf: () => undefined,
    });
    const changed = ctx.hook(credentialsChanged);
    ctx.provide(
      credentialStore,
      {
        async resolve(principal, provider) {
          const mine = await own.values(principal, provider);
          if (mine) return { values: mine, from: 'user' };
          const all = await shared.values(principal, provider);
          return all && { values: all, from: 'operator' };
        },
      },
      {},
    );
    ctx.routes(
      keysContract,
      createHandlers({
        providers,
        own,
        shared,
        async onChange(provider, owner) {
          await changed.run({ provider, ...(owner ? { ownerId: owner.id } : {}) }, ctx.call());
          // Of a key that all share, the directory of models tells everybody.
          if (owner) await events.publish(owner.id, { topic: 'models', id: provider, rev: 1 });
        },
      }),
    );
    ctx.on(kernelReady, async () => {
      const count = (await own.sealAgain(system)) + (await shared.sealAgain(system));
      if (count > 0) log.info('Keys were sealed again with the present key', { count, keyId: ctx.config.keyId });
    });
  },
});
