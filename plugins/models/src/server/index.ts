import { credentialsChanged, credentialStore, live, modelProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { modelDirectory, modelsContract } from '@parley/plugin-models/contract';
import { Config } from './config.ts';
import { createModelDirectory } from './directory.ts';

/** The models of all providers, as one person may use them. */
export default definePlugin({
  id: 'models',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelDirectory],
  requires: { providers: live(modelProvider), credentials: live(credentialStore) },
  hooks: [credentialsChanged],
  setup(ctx, { providers, credentials }) {
    const directory = createModelDirectory({
      providers,
      credentials,
      clock: ctx.clock,
      log: ctx.log,
      maxAgeMs: ctx.config.modelListSeconds * 1_000,
    });
    ctx.effect(() => providers.onChange(() => directory.forget()), 'list of providers');
    ctx.on(credentialsChanged, ({ provider }) => directory.forget(provider));
    ctx.provide(modelDirectory, directory, {});
    ctx.routes(modelsContract, {
      async list(_input, { principal, signal }) {
        const { items, providers: status, default: picked } = await directory.list(principal, signal);
        return { items: [...items], providers: [...status], ...(picked === undefined ? {} : { default: picked }) };
      },
    });
  },
});
