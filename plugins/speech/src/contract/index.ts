/** Dictating and reading aloud. */
export { speechErrors } from './errors.ts';
export { MAX_RECORDING_BYTES, MAX_TEXT_CHARACTERS, speechContract, SpeechOptions } from './operations.ts';
