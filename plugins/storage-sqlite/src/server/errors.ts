import { defineErrors } from '@parley/contracts';

/** What this driver reports beside `storageErrors`. */
export const errors = defineErrors('storage-sqlite', {
  IN_USE: [
    503,
    'Process {pid} already uses the database {file}; stop it, or give this one another data folder (PARLEY_DATA)',
  ],
  NEWER_DATA: [
    500,
    'The records of {collection} are of version {found}, this program knows {known}; start the newer program, or restore a backup',
  ],
  MIGRATION: [500, 'Record {id} of {collection} could not be migrated from version {version}; it stays as it was'],
  TRANSACTION_TIMEOUT: [
    503,
    'A transaction did not end within {timeoutMs} ms and was rolled back; keep slow work, above all network calls, out of it',
  ],
  TRANSACTION_ENDED: [500, 'The transaction has ended; its stores can only be used inside the function it was given'],
});
