import { EmbeddingModel, ModelInfo } from '@parley/contracts';
import type { ShowResponse } from 'ollama';

const CAN_CHAT = 'completion';
const CAN_EMBED = 'embedding';

/** A number among the facts of a model, whose names begin with its architecture. */
function factOf(shown: ShowResponse, ending: string): number | undefined {
  const facts = Object.entries(shown.model_info ?? {}) as readonly (readonly [string, unknown])[];
  const fact = facts.find(([name]) => name.endsWith(ending))?.[1];
  return typeof fact === 'number' ? fact : undefined;
}

const nameOf = (id: string): string => id.replace(/:latest$/, '');

/** A model as the server shows it; `undefined` for one that only embeds. */
export function toModelInfo(id: string, shown: ShowResponse): ModelInfo | undefined {
  const { capabilities = [CAN_CHAT] } = shown as Partial<ShowResponse>;
  if (!capabilities.includes(CAN_CHAT)) return undefined;
  const context = factOf(shown, '.context_length');
  return ModelInfo.parse({
    id,
    name: nameOf(id),
    ...(context === undefined ? {} : { contextWindowTokens: context }),
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
  ModelInfo.parse({ id, name: nameOf(id), inputUsdPerMillion: 0, outputUsdPerMillion: 0 });

/** A model that makes vectors as the server shows it; `undefined` for one that does not. */
export function toEmbeddingModel(id: string, shown: ShowResponse): EmbeddingModel | undefined {
  const { capabilities = [] } = shown as Partial<ShowResponse>;
  if (!capabilities.includes(CAN_EMBED)) return undefined;
  const [dimensions, context] = [factOf(shown, '.embedding_length'), factOf(shown, '.context_length')];
  return EmbeddingModel.parse({
    id,
    name: nameOf(id),
    canShorten: true,
    inputUsdPerMillion: 0,
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(context === undefined ? {} : { maxInputTokens: context }),
  });
}
