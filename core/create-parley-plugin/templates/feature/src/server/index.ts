import { definePlugin } from '@parley/kernel';
import { sampleContract } from '../contract/index.ts';
import { Config } from './config.ts';
import { sampleEntity } from './entities.ts';
import { createService } from './service.ts';

const ICON = 'M6 4h12v17l-6-4-6 4z';

/** Entries beside a conversation. */
export default definePlugin({
  id: 'sample',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  entities: [sampleEntity],
  ui: { module: './web', slots: { 'thread.panel': [{ id: 'sample', title: 'Sample', icon: ICON }] } },
  setup(ctx) {
    const service = createService({ config: ctx.config, entriesOf: (principal) => ctx.store(sampleEntity, principal) });
    ctx.routes(sampleContract, {
      list: (input, { principal }) => service.list(principal, input),
      create: (input, { principal }) => service.create(principal, input),
      remove: (entry, { principal }) => service.remove(principal, entry),
    });
  },
});
