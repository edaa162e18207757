/** The way of the operator's commands to the server that runs; a door of its own, since it needs nothing of the server. */
export { createControlClient } from './control-client.ts';
export { controlPath } from './control-path.ts';
