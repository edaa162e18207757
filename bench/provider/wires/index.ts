import { anthropic } from './anthropic.ts';
import { bedrock } from './bedrock.ts';
import { gemini } from './gemini.ts';
import { ollama } from './ollama.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';
import type { Wire } from './wire.ts';

/** Every protocol that is measured, by name. */
export const wires: ReadonlyMap<string, Wire> = new Map(
  [openaiChat, openaiResponses, anthropic, gemini, bedrock, ollama].map((wire) => [wire.name, wire]),
);
