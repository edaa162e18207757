import type { FileContent, ModelEvent, ModelInfo, ModelRequest } from '@parley/contracts';
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

/** What the model can't do of what was asked, in words. */
function leftOut(request: ModelRequest, { thinking }: Parameters, { config, abilities }: Facts): readonly string[] {
  const tools = request.tools.length > 0 && abilities?.tools === false;
  const thoughts = thinking !== undefined && thinking !== 'off' && abilities?.reasoning === false;
  return [
    ...(tools ? ['This model uses no tools; it answers without them.'] : []),
    ...(thoughts ? ['This model does not think before it answers.'] : []),
    ...(request.builtInTools ?? []).map((name) => `${config.title} does not offer ${name} by itself.`),
  ];
}

interface Facts {
  readonly config: Pick<Config, 'title' | 'keepAlive' | 'contextTokens'>;
  readonly files: ReadonlyMap<string, FileContent>;
  /** What the server tells of the model. */
  readonly abilities?: ModelInfo['abilities'] | undefined;
}

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function toBody(request: ModelRequest, facts: Facts): Body {
  const { config, files, abilities } = facts;
  const parameters = parseParameters(Parameters, request.parameters, config.title);
  const { temperature, topP, topK, seed, maxOutputTokens, contextTokens = config.contextTokens } = parameters;
  const { keepAlive } = config;
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
      ...(request.tools.length > 0 && abilities?.tools !== false ? { tools: toTools(request.tools) } : {}),
      ...(request.responseFormat ? { format: { ...request.responseFormat.schema } } : {}),
      ...(keepAlive === undefined ? {} : { keep_alive: /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive }),
      ...(abilities?.reasoning === false ? {} : thinkOf(parameters.thinking)),
    },
    notices: leftOut(request, parameters, facts).map((text) => ({ type: 'notice', level: 'info', text })),
  };
}
