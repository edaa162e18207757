import { modelErrors, ModelInfo } from '@parley/contracts';
import type { ModelEvent, ModelProvider, ModelRequest } from '@parley/contracts';
import type { Config } from './config.ts';
import { pause, toPieces } from './pieces.ts';
import { pickScript } from './scripts.ts';
import type { Script } from './scripts.ts';

const MODELS: readonly ModelInfo[] = [
  ModelInfo.parse({
    id: 'guide',
    name: 'Guide',
    description: 'Shows what Parley does: reasoning, tables, code, math.',
    contextWindowTokens: 8_000,
    abilities: { reasoning: true },
  }),
  ModelInfo.parse({ id: 'echo', name: 'Echo', description: 'Says what you said.', contextWindowTokens: 8_000 }),
];

const lastWords = (request: ModelRequest): string => {
  const prompt = request.messages.findLast((message) => message.role === 'user');
  return (prompt?.parts ?? [])
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ''))
    .join('\n');
};

const answerFor = (request: ModelRequest): Script => {
  const words = lastWords(request);
  return request.model === 'echo' ? { text: words } : pickScript(words);
};

async function* play(request: ModelRequest, config: Config, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  const { reasoning = '', text } = answerFor(request);
  const thoughts = toPieces(reasoning);
  const words = toPieces(text);
  await pause(config.firstPieceDelayMs, signal);
  for (const piece of thoughts) {
    yield { type: 'reasoning', text: piece };
    await pause(config.pieceDelayMs, signal);
  }
  for (const piece of words) {
    yield { type: 'text', text: piece };
    await pause(config.pieceDelayMs, signal);
  }
  const inputTokens = request.messages.reduce(
    (sum, message) => sum + toPieces(JSON.stringify(message.parts)).length,
    0,
  );
  yield {
    type: 'usage',
    usage: { inputTokens, outputTokens: thoughts.length + words.length, reasoningTokens: thoughts.length, costUsd: 0 },
  };
  yield { type: 'finish', reason: 'stop' };
}

/** A provider whose models play scripted answers at a readable pace. */
export function createDemoProvider(config: Config): ModelProvider {
  return {
    listModels: () => Promise.resolve(MODELS),
    async *stream(request, signal) {
      if (!MODELS.some((model) => model.id === request.model)) {
        throw modelErrors.NOT_FOUND({ model: request.model, known: MODELS.map((model) => model.id) });
      }
      yield* play(request, config, signal);
    },
  };
}
