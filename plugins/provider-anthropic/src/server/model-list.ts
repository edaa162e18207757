import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import { ModelInfo } from '@parley/contracts';

interface Support {
  readonly supported: boolean;
}

/** A model as the server describes it. Where it tells nothing, pictures, documents and tools are taken for granted. */
export function toModelInfo(id: string, told: ApiModel | undefined): ModelInfo {
  const { capabilities: can, display_name: name, max_input_tokens: context, max_tokens: output } = told ?? {};
  const has = (capability: Support | null | undefined, otherwise: boolean): boolean =>
    capability?.supported ?? otherwise;
  return ModelInfo.parse({
    id,
    name: name || id,
    ...(context ? { contextWindowTokens: context } : {}),
    ...(output ? { maxOutputTokens: output } : {}),
    abilities: {
      vision: has(can?.image_input, true),
      files: has(can?.pdf_input, true),
      tools: true,
      reasoning: has(can?.thinking, false),
      structuredOutput: has(can?.structured_outputs, false),
      webSearch: has(can?.server_tools?.web_search, true),
    },
  });
}

const IMAGES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const TEXTS = ['text/*', 'application/json', 'application/xml', 'application/yaml', 'application/x-yaml'];
const MAX_FILE_BYTES = 30 * 1_024 * 1_024;

/** The files that a model reads. */
export const acceptedFiles = (told: ApiModel | undefined) => ({
  kinds: [
    ...(told?.capabilities?.image_input?.supported === false ? [] : IMAGES),
    ...(told?.capabilities?.pdf_input?.supported === false ? [] : ['application/pdf']),
    ...TEXTS,
  ],
  maxBytes: MAX_FILE_BYTES,
});
