/** Private notes beside a conversation. */
export { notesErrors } from './errors.ts';
export { notesContract } from './operations.ts';
export { NewNote, Note } from './schemas.ts';
