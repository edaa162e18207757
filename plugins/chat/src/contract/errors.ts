import { defineErrors } from '@parley/contracts';

/** What can go wrong with runs. */
export const chatErrors = defineErrors('chat', {
  KEY_REUSED: [422, 'The Idempotency-Key {key} was used with another request; make a new key for each message'],
  RUN_ACTIVE: [409, 'This branch already has a running answer, {runId}; wait for it, stop it, or attach to it'],
  RUN_NOT_FOUND: [404, 'There is no run {id}'],
  NOT_ADMITTED: [403, '{reason}'],
  INTERRUPTED: [503, 'The server stopped while it answered; what was written is kept, and you can try again'],
  LIMIT: [413, 'The answer grew beyond {limit}; what was written is kept'],
  DRAINING: [503, 'The server is about to restart; try again in a moment'],
});
