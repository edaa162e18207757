import type { Model } from '@google/genai';
import { ModelInfo } from '@parley/contracts';

const ANSWERS = 'generateContent';
// What the Gemini API lets keep a conversation in its cache reads all kinds of files, calls tools and searches.
const CACHES = 'createCachedContent';
// Vertex AI says nothing of what its models do; these are named for it.
const VERTEX_NAME = /^gemini-(?!embedding|live)/;

const idOf = ({ name = '' }: Model): string => name.replace(/^(publishers\/google\/)?models\//, '');

function toModelInfo(model: Model): ModelInfo {
  const { displayName, description, inputTokenLimit, outputTokenLimit, thinking, supportedActions } = model;
  const id = idOf(model);
  const isWhole = supportedActions?.includes(CACHES) === true;
  const whole = {
    vision: true,
    files: true,
    audio: true,
    video: true,
    tools: true,
    structuredOutput: true,
    webSearch: true,
  };
  return ModelInfo.parse({
    id,
    name: displayName || id,
    ...(description ? { description } : {}),
    ...(inputTokenLimit ? { contextWindowTokens: inputTokenLimit } : {}),
    ...(outputTokenLimit ? { maxOutputTokens: outputTokenLimit } : {}),
    abilities: { ...(isWhole ? whole : {}), ...(thinking === undefined ? {} : { reasoning: thinking }) },
  });
}

/** The models of a list that hold conversations. The Gemini API tells their limits and some of what they can. */
export const toModelInfos = (models: readonly Model[]): ModelInfo[] =>
  models.filter((model) => model.supportedActions?.includes(ANSWERS) ?? VERTEX_NAME.test(idOf(model))).map(toModelInfo);
