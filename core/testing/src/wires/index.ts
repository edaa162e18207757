/** Requests as the servers of model providers check them; what these let pass, the real ones are expected to take. */
export { checkAnthropicMessages } from './anthropic-messages.ts';
export type { Issued, WireCheck } from './wire-check.ts';
