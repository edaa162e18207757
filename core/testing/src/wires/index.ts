/** Requests as the servers of model providers check them; what these let pass, the real ones are expected to take. */
export { checkAnthropicMessages } from './anthropic-messages.ts';
export { checkBedrockConverse } from './bedrock.ts';
export { checkGemini } from './gemini.ts';
export { checkOllamaChat } from './ollama.ts';
export { checkOpenAiChat } from './openai-chat.ts';
export { checkOpenAiResponses } from './openai-responses.ts';
export type { Issued, WireCheck } from './wire-check.ts';
