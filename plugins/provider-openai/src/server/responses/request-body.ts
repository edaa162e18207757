import type { FileContent, ModelEvent, ModelRequest, ModelTool } from '@parley/contracts';
import { parseParameters, withOwnCallIds } from '@parley/provider';
import type { ResponseCreateParamsStreaming, Tool } from 'openai/resources/responses/responses';
import { missingTools } from '../built-in-tools.ts';
import { ResponsesParameters } from '../parameters.ts';
import { isStrictSchema } from '../strict-schema.ts';
import { toInput } from './input.ts';

/** What is asked for without being told to; the server refuses each for some models, accounts or conversations. */
export interface Wishes {
  /** That thoughts are summed up. */
  readonly summary: boolean;
  /** That thoughts come encrypted, to be given back. */
  readonly encrypted: boolean;
  /** That thoughts of earlier answers are read again. */
  readonly history: boolean;
}

const BUILT_IN: Readonly<Record<string, Tool>> = {
  'web-search': { type: 'web_search' },
  'image-generation': { type: 'image_generation' },
};

const toTool = ({ name, description, inputSchema }: ModelTool): Tool => ({
  type: 'function',
  name,
  description,
  parameters: { ...inputSchema },
  strict: false,
});

const textOf = (
  { responseFormat }: ModelRequest,
  { verbosity }: ResponsesParameters,
): Pick<ResponseCreateParamsStreaming, 'text'> => {
  if (!responseFormat && verbosity === undefined) return {};
  const { name, schema } = responseFormat ?? {};
  const format =
    name === undefined || schema === undefined
      ? {}
      : { format: { type: 'json_schema' as const, name, schema: { ...schema }, strict: isStrictSchema(schema) } };
  return { text: { ...format, ...(verbosity === undefined ? {} : { verbosity }) } };
};

function reasoningOf(
  { reasoningEffort: effort, reasoningSummary = 'auto' }: ResponsesParameters,
  { summary: isWished }: Wishes,
): Pick<ResponseCreateParamsStreaming, 'reasoning'> {
  const summary = isWished && reasoningSummary !== 'off' ? reasoningSummary : undefined;
  if (effort === undefined && summary === undefined) return {};
  return { reasoning: { ...(effort === undefined ? {} : { effort }), ...(summary === undefined ? {} : { summary }) } };
}

/** Makes the body of a request for each set of wishes. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function prepareBody(
  request: ModelRequest,
  facts: { readonly provider: string; readonly family: string; readonly files: ReadonlyMap<string, FileContent> },
): { readonly notices: readonly ModelEvent[]; toBody(wishes: Wishes): ResponseCreateParamsStreaming } {
  const { provider, family, files } = facts;
  const parameters = parseParameters(ResponsesParameters, request.parameters, provider);
  const { temperature, topP, maxOutputTokens, serviceTier } = parameters;
  const wanted = request.builtInTools ?? [];
  const tools = [...request.tools.map(toTool), ...wanted.flatMap((name) => BUILT_IN[name] ?? [])];
  return {
    notices: missingTools(wanted, Object.keys(BUILT_IN), provider),
    toBody: (wishes) => ({
      model: request.model,
      input: toInput(withOwnCallIds(request.messages), { files, family: wishes.history ? family : undefined }),
      stream: true,
      // Conversations are kept here and nowhere else.
      store: false,
      ...(wishes.encrypted ? { include: ['reasoning.encrypted_content' as const] } : {}),
      ...(tools.length === 0 ? {} : { tools }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
      ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
      ...reasoningOf(parameters, wishes),
      ...textOf(request, parameters),
    }),
  };
}
