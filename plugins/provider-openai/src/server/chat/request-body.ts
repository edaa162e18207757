import type { FileContent, ModelRequest } from '@parley/contracts';
import { parseParameters, withOwnCallIds } from '@parley/provider';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { isAtHome } from '../config.ts';
import type { Config } from '../config.ts';
import { ChatParameters } from '../parameters.ts';
import { isStrictSchema } from '../strict-schema.ts';
import { toChatMessages, toChatTools } from './messages.ts';

/** The request as the API takes it. */
export type Body = ChatCompletionCreateParamsStreaming &
  Required<Pick<ChatCompletionCreateParamsStreaming, 'stream_options'>>;

const formatOf = ({ responseFormat }: ModelRequest): Pick<Body, 'response_format'> => {
  if (!responseFormat) return {};
  const { name, schema } = responseFormat;
  const json_schema = { name, schema: { ...schema }, strict: isStrictSchema(schema) };
  return { response_format: { type: 'json_schema', json_schema } };
};

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function toBody(
  request: ModelRequest,
  config: Config,
  facts: { readonly files: ReadonlyMap<string, FileContent>; readonly family: string },
): Body {
  const parameters = parseParameters(ChatParameters, request.parameters, config.title);
  const { temperature, topP, maxOutputTokens, reasoningEffort, verbosity, serviceTier, seed } = parameters;
  const { frequencyPenalty, presencePenalty } = parameters;
  // Most compatible servers know the older name only; OpenAI's models that reason know the newer one only.
  const longest = isAtHome(config) ? 'max_completion_tokens' : 'max_tokens';
  return {
    model: request.model,
    messages: toChatMessages(withOwnCallIds(request.messages), facts),
    stream: true,
    stream_options: { include_usage: true },
    ...(request.tools.length === 0 ? {} : { tools: toChatTools(request.tools) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { [longest]: maxOutputTokens }),
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    ...(verbosity === undefined ? {} : { verbosity }),
    ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
    ...(seed === undefined ? {} : { seed }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...formatOf(request),
  };
}
