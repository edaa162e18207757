import type { ModelRequest } from '@parley/contracts';
import { parseParameters } from '@parley/provider';
import type { AssistantTool } from 'openai/resources/beta/assistants';
import type { RunCreateParamsStreaming } from 'openai/resources/beta/threads/runs/runs';
import { AssistantParameters } from '../parameters.ts';
import { isStrictSchema } from '../strict-schema.ts';
import { toInstructions } from './messages.ts';

const formatOf = ({ responseFormat }: ModelRequest): Pick<RunCreateParamsStreaming, 'response_format'> => {
  if (!responseFormat) return {};
  const { name, schema } = responseFormat;
  const json_schema = { name, schema: { ...schema }, strict: isStrictSchema(schema) };
  return { response_format: { type: 'json_schema', json_schema } };
};

/** Makes the body of a run. `own` are the assistant's tools, which those of the request stand beside. */
export function toRunBody(
  request: ModelRequest,
  provider: string,
  own: readonly AssistantTool[] = [],
): RunCreateParamsStreaming {
  const parameters = parseParameters(AssistantParameters, request.parameters, provider);
  const { temperature, topP, maxOutputTokens, reasoningEffort } = parameters;
  const instructions = toInstructions(request.messages);
  const tools: AssistantTool[] = request.tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: { ...inputSchema } },
  }));
  return {
    assistant_id: request.model,
    stream: true,
    ...(instructions === '' ? {} : { additional_instructions: instructions }),
    ...(tools.length === 0 ? {} : { tools: [...own, ...tools] }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_completion_tokens: maxOutputTokens }),
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    ...formatOf(request),
  };
}
