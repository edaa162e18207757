import { cache, kernelReady, ownedRecords, personErase } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { accounts, identityProof } from '@parley/plugin-identity/contract';
import { PRIVACY_MANAGE, privacyContract } from '../contract/index.ts';
import { erasureEntity, receiptEntity } from './entities.ts';
import { createErasures } from './erasures.ts';
import { createHandlers } from './handlers.ts';

const RESUME_EVERY_MS = 60_000;
const DATA_ICON = 'M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6zM12 8v6m-3-3 3 3 3-3';
const PEOPLE_ICON =
  'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M18 14a6 6 0 0 1 3 6';

/** People take all of their data with them, and leave with nothing left behind. */
export default definePlugin({
  id: 'privacy',
  version: '0.1.0',
  kernel: '^1.0.0',
  requires: { owned: ownedRecords, accounts, proofs: identityProof, cache },
  hooks: [kernelReady],
  entities: [erasureEntity, receiptEntity],
  permissions: { declares: [PRIVACY_MANAGE] },
  ui: {
    module: './web',
    slots: {
      'settings.page': [
        { id: 'data', title: 'Your data', icon: DATA_ICON, order: 130 },
        { id: 'people', title: 'People', icon: PEOPLE_ICON, order: 200, permission: PRIVACY_MANAGE },
      ],
    },
  },
  setup(ctx, { owned, accounts, proofs, cache }) {
    const erasures = createErasures({ ctx, owned, erase: ctx.hook(personErase), accounts, cache });
    const resume = () =>
      void erasures.resume().catch((error: unknown) => ctx.log.warn('Erasures could not be gone on with', { error }));
    ctx.effect(() => {
      const timer = setInterval(resume, RESUME_EVERY_MS).unref();
      return async () => {
        clearInterval(timer);
        await erasures.idle();
      };
    }, 'erasures');
    ctx.on(kernelReady, resume);
    ctx.routes(privacyContract, createHandlers({ ctx, owned, accounts, proofs, erasures }));
  },
});
