import { defineErrors } from '@parley/contracts';

/** What keeps records from being moved as a whole. */
export const transferErrors = defineErrors('transfer', {
  NO_DATA: [404, 'There is nothing to back up in {dataDir}; name the data folder of the server with --data'],
  RUNNING: [409, 'A server runs on the data folder {dataDir}; stop it first, or name another data folder with --data'],
  NO_STORAGE: [500, 'No storage plugin can be opened: {reason}'],
  NO_KEY: [
    404,
    'The root key is not at hand: {dataDir} has no secret.key and PARLEY_SECRET is not set here; set it as it is set for the server, or leave out --with-key',
  ],
  OTHER_KEY: [
    409,
    'The server runs with another root key than the one found here; set PARLEY_SECRET as it is set for the server, or leave out --with-key',
  ],
  NOT_EMPTY: [
    409,
    '{what}; a backup is restored into an empty installation only, so name an empty data folder with --data, or move away what is there',
  ],
  UNFINISHED_RESTORE: [
    409,
    'The restore of {archive} into {dataDir} was cut off, so its data is incomplete; run `parley restore {archive}` on it again, which starts over, or begin with another data folder',
  ],
  DIFFERS: [
    500,
    '{target} does not hold what {source} holds: {differences}. Empty it and run the command again; {source} was not changed',
  ],
  SAME_PLACE: [
    400,
    'The server uses {target} already; if its records lie elsewhere, say where with --from, as in --from sqlite',
  ],
  UNFINISHED_MIGRATION: [
    409,
    'A migration to {target} was cut off; finish it by the same command, or remove {state} to give it up and begin another one',
  ],
  BOUND: [409, 'The config file binds {capability} to {bound}; write {wanted} there instead, then start the server'],
  TARGET_NOT_EMPTY: [409, '{target} holds {count} records already; name an empty database'],
});
