import { ModelInfo } from '@parley/contracts';
import * as z from 'zod';
import type { ApiKind, FileKind } from './config.ts';

const tokens = z.number().int().min(1).optional().catch(undefined);
const usd = z.coerce.number().min(0).optional().catch(undefined);
const names = z.array(z.string()).optional().catch(undefined);
const words = z.string().min(1).optional().catch(undefined);

/** What the servers tell of a model beside its id: OpenAI and Azure nothing, others under names of their own. */
const Listed = z.object({
  id: z.string().min(1),
  name: words,
  description: words,
  context_length: tokens,
  context_window: tokens,
  max_context_length: tokens,
  max_model_len: tokens,
  max_completion_tokens: tokens,
  top_provider: z.object({ max_completion_tokens: tokens }).optional().catch(undefined),
  /** `prompt` and the like are dollars per token, `input` and `output` dollars per million. */
  pricing: z
    .object({ prompt: usd, completion: usd, input_cache_read: usd, input_cache_write: usd, input: usd, output: usd })
    .optional()
    .catch(undefined),
  architecture: z.object({ input_modalities: names, output_modalities: names }).optional().catch(undefined),
  supported_parameters: names,
  capabilities: z
    .object({
      completion_chat: z.boolean().optional(),
      function_calling: z.boolean().optional(),
      vision: z.boolean().optional(),
    })
    .optional()
    .catch(undefined),
});
type Listed = z.output<typeof Listed>;

const stated = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

// Six places are a thousandth of a cent for a thousand million tokens; the rest is the noise of the multiplication.
const perMillion = (perToken: number | undefined): number | undefined =>
  perToken === undefined ? undefined : Math.round(perToken * 1e12) / 1e6;

const pricesOf = ({ pricing = {} }: { readonly pricing?: Partial<NonNullable<Listed['pricing']>> | undefined }) => ({
  inputUsdPerMillion: perMillion(pricing.prompt) ?? pricing.input,
  outputUsdPerMillion: perMillion(pricing.completion) ?? pricing.output,
  cachedInputUsdPerMillion: perMillion(pricing.input_cache_read),
  cacheWriteUsdPerMillion: perMillion(pricing.input_cache_write),
});

function abilitiesOf({ architecture, supported_parameters: parameters, capabilities }: Listed) {
  const [input, output] = [architecture?.input_modalities, architecture?.output_modalities];
  return {
    vision: capabilities?.vision ?? input?.includes('image'),
    files: input?.includes('file'),
    tools: capabilities?.function_calling ?? parameters?.includes('tools'),
    reasoning: parameters?.includes('reasoning'),
    structuredOutput: parameters?.includes('structured_outputs'),
    imageOutput: output?.includes('image'),
  };
}

/** What no model can do that is asked in this way, whatever the model itself can. */
export const limitsOf = (api: ApiKind, reads: readonly FileKind[]): ModelInfo['abilities'] => ({
  ...(api === 'responses' ? {} : { webSearch: false }),
  ...(reads.includes('images') ? {} : { vision: false }),
  ...(reads.includes('pdf') ? {} : { files: false }),
});

/** A model as its server lists it; nothing for what is no model, and for one that makes no answers. */
export function toModelInfo(listed: unknown, limits: ModelInfo['abilities']): ModelInfo | undefined {
  const { data: model } = Listed.safeParse(listed);
  if (!model || model.capabilities?.completion_chat === false) return undefined;
  const { id, name = id, description } = model;
  return ModelInfo.parse({
    id,
    name,
    ...stated({
      description,
      contextWindowTokens:
        model.context_length ?? model.context_window ?? model.max_context_length ?? model.max_model_len,
      maxOutputTokens: model.max_completion_tokens ?? model.top_provider?.max_completion_tokens,
      ...pricesOf(model),
    }),
    abilities: { ...stated(abilitiesOf(model)), ...limits },
  });
}
