import { modelFacts } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { createCatalogue } from './catalogue.ts';
import { Config } from './config.ts';
import { readExtra } from './read-extra.ts';
import { readFamilies } from './read-families.ts';

/** What is known of models beyond what their providers list: prices, limits, abilities, each with source and date. */
export default definePlugin({
  id: 'model-catalogue',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [modelFacts],
  async setup(ctx) {
    const { extra, file } = ctx.config;
    const [files, more] = await Promise.all([readFamilies(), file === undefined ? [] : readExtra(file)]);
    ctx.provide(modelFacts, createCatalogue({ files, extra: [...more, ...extra], clock: ctx.clock }), {});
  },
});
