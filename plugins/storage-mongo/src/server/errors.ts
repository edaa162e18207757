import { defineErrors } from '@parley/contracts';

/** What this driver reports beside `storageErrors`. */
export const errors = defineErrors('storage-mongo', {
  UNREACHABLE: [503, 'No MongoDB server answers at {hosts}: {reason}; check MONGODB_URI and that the server runs'],
  SIGN_IN: [500, 'MongoDB at {hosts} refuses the user name or the password of the connection string'],
  NOT_ALLOWED: [
    500,
    'The user of the connection string may not do what Parley needs: {reason}; give it the role readWrite on {database}',
  ],
  NEWER_DATA: [
    500,
    'The records of {collection} are of version {found}, this program knows {known}; start the newer program, or restore a backup',
  ],
  MIGRATION: [500, 'Record {id} of {collection} could not be migrated from version {version}; it stays as it was'],
  TRANSACTION_TIMEOUT: [
    503,
    'A transaction did not end within {timeoutMs} ms and was dropped; keep slow work, above all network calls, out of it',
  ],
  TRANSACTION_ENDED: [500, 'The transaction has ended; its stores can only be used inside the function it was given'],
  BUSY: [503, 'Another node has been writing for {waitMs} ms without a pause; nothing was saved'],
});
