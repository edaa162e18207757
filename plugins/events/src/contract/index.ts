/** Tells the open tabs of a user what changed. */
export { userEvents } from './capabilities.ts';
export type { UserEvents } from './capabilities.ts';
export { eventsContract, PLUGINS_CHANGED, UserEvent } from './operations.ts';
