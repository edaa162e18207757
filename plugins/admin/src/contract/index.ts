/** Where other plugins put pages into the administration. */
export { adminPage } from './slots.ts';
export type { ProposedChange, ProposeChange } from './slots.ts';
