import { defineErrors } from '@parley/contracts';

/** What keeps a backup from being written or read. */
export const archiveErrors = defineErrors('archive', {
  EXISTS: [409, '{path} is there already; name another file, or remove it first'],
  NOT_FOUND: [404, '{path} can not be read: {reason}'],
  FOREIGN: [400, '{path} is no backup of Parley: {reason}'],
  NEWER: [
    400,
    '{path} has format {found} and was written by Parley {parley}; this program reads up to format {known}, so install the newer one first',
  ],
  DAMAGED: [400, '{path} is damaged and nothing of it was used: {reason}; take another backup'],
});
