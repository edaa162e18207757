import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import { ModelInfo } from '@parley/contracts';

/** A model as the server describes it. Servers that tell no capabilities offer at least pictures and tools. */
export function toModelInfo({
  id,
  display_name: name,
  max_input_tokens,
  max_tokens,
  capabilities,
}: ApiModel): ModelInfo {
  const has = (capability: { readonly supported: boolean } | undefined, otherwise: boolean): boolean =>
    capability?.supported ?? otherwise;
  return ModelInfo.parse({
    id,
    name: name || id,
    ...(max_input_tokens ? { contextWindowTokens: max_input_tokens } : {}),
    ...(max_tokens ? { maxOutputTokens: max_tokens } : {}),
    abilities: {
      vision: has(capabilities?.image_input, true),
      files: has(capabilities?.pdf_input, true),
      tools: true,
      reasoning: has(capabilities?.thinking, false),
      structuredOutput: has(capabilities?.structured_outputs, false),
      webSearch: true,
    },
  });
}
