import { defineErrors } from '@parley/contracts';

/** What this driver reports beside `storageErrors`. */
export const sampleErrors = defineErrors('sample', {
  DAMAGED: [500, 'Line {line} of {file} can not be read; restore a backup, or repair the line by hand'],
  NEWER_DATA: [
    500,
    'The records of {collection} are of version {found}, this program knows {known}; start the newer one',
  ],
  MIGRATION: [500, 'Record {id} of {collection} could not be migrated from version {version}; all stay as they were'],
  TRANSACTION_ENDED: [500, 'The transaction has ended; use its session inside the function it was given to'],
});
