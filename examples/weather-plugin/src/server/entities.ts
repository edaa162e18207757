import { defineEntity } from '@parley/contracts';
import { Home } from '../contract/index.ts';

/** Somebody's home. Version 1 held the place only; older records follow when the plugin starts. */
export const homeEntity = defineEntity({
  name: 'home',
  schema: Home,
  version: 2,
  scope: 'user',
  migrate: { 1: (old) => ({ ...old, unit: 'celsius' }) },
});
