import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import { parseParameters } from '@parley/provider';
import type { ChatRequest } from 'ollama';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import { toMessages, toTools } from './messages.ts';

/** The request as the server takes it, and what could not be done as asked. */
export interface Body {
  readonly chat: ChatRequest & { readonly stream: true };
  readonly notices: readonly ModelEvent[];
}

const thinkOf = (thinking: Parameters['thinking']): Pick<ChatRequest, 'think'> => {
  if (thinking === undefined) return {};
  return { think: thinking === 'on' || thinking === 'off' ? thinking === 'on' : thinking };
};

const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function toBody(
  request: ModelRequest,
  { title, keepAlive }: Pick<Config, 'title' | 'keepAlive'>,
  files: ReadonlyMap<string, FileContent>,
): Body {
  const parameters = parseParameters(Parameters, request.parameters, title);
  const { temperature, topP, topK, seed, maxOutputTokens, contextTokens, thinking } = parameters;
  return {
    chat: {
      model: request.model,
      messages: toMessages(request.messages, files),
      stream: true,
      options: given({
        temperature,
        top_p: topP,
        top_k: topK,
        seed,
        num_predict: maxOutputTokens,
        num_ctx: contextTokens,
      }),
      ...(request.tools.length > 0 ? { tools: toTools(request.tools) } : {}),
      ...(request.responseFormat ? { format: { ...request.responseFormat.schema } } : {}),
      ...(keepAlive === undefined ? {} : { keep_alive: /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive }),
      ...thinkOf(thinking),
    },
    notices: (request.builtInTools ?? []).map((name) => ({
      type: 'notice',
      level: 'info',
      text: `${title} does not offer ${name} by itself.`,
    })),
  };
}
