/** What plugins of model providers share, so that each holds only what is its provider's own. */
export { toModelError } from './failures.ts';
export type { Failure, FailureRules, ModelErrorName } from './failures.ts';
export { readFiles } from './files.ts';
export type { PromptFiles } from './files.ts';
export { createGoogleAuth, GOOGLE_AUTH_HOSTS, projectOf } from './google-auth.ts';
export type { GoogleAuth } from './google-auth.ts';
export { limitSettings } from './limits.ts';
export type { Limits } from './limits.ts';
export { keepMadeFiles } from './made-files.ts';
export type { MadeFile } from './made-files.ts';
export { openUpstream } from './open-upstream.ts';
export type { Upstream } from './open-upstream.ts';
export { parseParameters, toParameterSchema } from './parameters.ts';
export { isCitation, isFile, isReasoning, isText, isToolCall, opaqueOf, toWords, toResultText } from './parts.ts';
export { readBytes, readEventStream, withIdleLimit } from './read-stream.ts';
export type { ByteDecoder, EventDecoder } from './read-stream.ts';
export { ToolInputs } from './tool-inputs.ts';
