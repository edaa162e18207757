import { ModelInfo } from '@parley/contracts';
import type { ShowResponse } from 'ollama';

const CAN_CHAT = 'completion';

/** A model as the server shows it; `undefined` for one that only embeds. */
export function toModelInfo(id: string, shown: ShowResponse): ModelInfo | undefined {
  const { capabilities = [CAN_CHAT] } = shown as Partial<ShowResponse>;
  if (!capabilities.includes(CAN_CHAT)) return undefined;
  const facts = Object.entries(shown.model_info ?? {}) as readonly (readonly [string, unknown])[];
  const context = facts.find(([name]) => name.endsWith('.context_length'))?.[1];
  return ModelInfo.parse({
    id,
    name: id.replace(/:latest$/, ''),
    ...(typeof context === 'number' ? { contextWindowTokens: context } : {}),
    abilities: {
      vision: capabilities.includes('vision'),
      tools: capabilities.includes('tools'),
      reasoning: capabilities.includes('thinking'),
      structuredOutput: true,
    },
    inputUsdPerMillion: 0,
    outputUsdPerMillion: 0,
  });
}

/** A model that the server names but can't show. */
export const toBareInfo = (id: string): ModelInfo =>
  ModelInfo.parse({ id, name: id.replace(/:latest$/, ''), inputUsdPerMillion: 0, outputUsdPerMillion: 0 });
