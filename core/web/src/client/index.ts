/** The typed client of a contract, for browsers and for Node; free of React. */
export { createClient } from './create-client.ts';
export type { ClientOptions } from './create-client.ts';
export { resumeStream } from './resume-stream.ts';
export type { OpenStream, ResumeOptions, ResumeState } from './resume-stream.ts';
