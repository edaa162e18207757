/** Entries beside a conversation: what the operations are. Routes, client, query keys and OpenAPI follow from it. */
export { sampleErrors } from './errors.ts';
export { sampleContract } from './operations.ts';
export { NewSample, Sample } from './schemas.ts';
