/** Models on an Ollama server: which there are, and how they come and go. */
export { OLLAMA_MANAGE, ollamaContract, PullProgress } from './operations.ts';
