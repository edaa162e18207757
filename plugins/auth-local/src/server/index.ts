import { cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { accounts, identityProof } from '@parley/plugin-identity/contract';
import type { PassportStrategy } from '@parley/plugin-identity/contract';
import { authLocalContract } from '../contract/index.ts';
import { createAuthService } from './auth-service.ts';
import { Config } from './config.ts';
import { passwordEntity } from './entities.ts';
import { createHandlers } from './handlers.ts';
import { createKnownDevices } from './known-device.ts';
import { createPasswordKeeper } from './password-keeper.ts';
import { createPasswordStrategy } from './password-strategy.ts';
import { createTryLimits } from './try-limits.ts';

/** Sign-up and sign-in with e-mail and password. */
export default definePlugin({
  id: 'auth-local',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: { accounts, cache },
  provides: [identityProof],
  entities: [passwordEntity],
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      'auth.method': [{ id: 'password', title: 'E-mail and password', order: 100 }],
      'settings.page': [
        { id: 'password', title: 'Password', icon: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3', order: 120 },
      ],
    },
  },
  setup(ctx, { accounts, cache }) {
    const passwords = createPasswordKeeper(ctx.store(passwordEntity, ctx.system));
    let strategy: Promise<PassportStrategy> | undefined;
    const service = createAuthService({
      accounts,
      passwords,
      strategy: () => (strategy ??= createPasswordStrategy(accounts, passwords)),
      limits: createTryLimits({ cache, ...ctx.config }),
      devices: createKnownDevices(ctx.key('known-device')),
      config: ctx.config,
    });
    ctx.provide(identityProof, { check: (principal, password, http) => service.prove(principal, password, http) }, {});
    ctx.routes(authLocalContract, createHandlers(service));
  },
});
