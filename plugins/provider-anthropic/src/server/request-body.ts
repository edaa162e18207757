import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import type { MessageCreateParamsStreaming, ToolUnion } from '@anthropic-ai/sdk/resources/messages';
import { modelErrors } from '@parley/contracts';
import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import { parseParameters, withOwnCallIds } from '@parley/provider';
import { markForCache } from './cache-marks.ts';
import type { Config } from './config.ts';
import { toFormerTools, toMessages, toSystem, toTools } from './messages.ts';
import { Parameters } from './parameters.ts';
import { toSearchTool } from './web-search.ts';

type Params = MessageCreateParamsStreaming;
/** Older models take these; the SDK knows them no more. */
interface Choice {
  readonly temperature?: number;
  readonly top_p?: number;
}

/** The request as the API takes it, and what could not be done as asked. */
export interface Body {
  readonly params: Params;
  readonly notices: readonly ModelEvent[];
  /** Features in preview that it needs. */
  readonly betas: readonly string[];
  /** Whether the server may pause and want to be asked to go on. */
  readonly mayPause: boolean;
}

/** What a request is made with, beside itself. */
export interface BodyFacts {
  readonly config: Config;
  readonly files: ReadonlyMap<string, FileContent>;
  /** What the server tells of the model. */
  readonly model?: ApiModel | undefined;
  /** Makes a schema that the API takes of any. */
  readonly toStrictSchema: (schema: Record<string, unknown>) => Record<string, unknown>;
}

const info = (text: string): ModelEvent => ({ type: 'notice', level: 'info', text });

const thinkingOf = ({ thinking, thinkingTokens }: Parameters): Pick<Params, 'thinking'> => {
  if (thinkingTokens !== undefined)
    return { thinking: { type: 'enabled', budget_tokens: thinkingTokens, display: 'summarized' } };
  if (thinking === 'adaptive') return { thinking: { type: 'adaptive', display: 'summarized' } };
  return thinking === 'off' ? { thinking: { type: 'disabled' } } : {};
};

function outputOf(
  { responseFormat }: ModelRequest,
  { effort }: Parameters,
  { toStrictSchema }: BodyFacts,
): Pick<Params, 'output_config'> {
  const format = responseFormat && {
    type: 'json_schema' as const,
    schema: toStrictSchema({ ...responseFormat.schema }),
  };
  if (!format && effort === undefined) return {};
  return { output_config: { ...(format ? { format } : {}), ...(effort === undefined ? {} : { effort }) } };
}

/** How words are chosen, as far as the API lets it be said, and what is left out. */
function choiceOf({ temperature, topP, thinking, thinkingTokens }: Parameters): {
  readonly choice: Choice;
  readonly left: readonly string[];
} {
  if (thinking === 'adaptive' || thinkingTokens !== undefined) {
    const left = Object.entries({ temperature, topP }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    return { choice: {}, left: left.map((name) => `${name} is not used: the model thinks.`) };
  }
  if (temperature === undefined) return { choice: topP === undefined ? {} : { top_p: topP }, left: [] };
  return {
    choice: { temperature },
    left: topP === undefined ? [] : ['topP is not used: the API takes it or temperature, not both.'],
  };
}

function longestOf(parameters: Parameters, { config, model }: BodyFacts): number {
  const { thinkingTokens = 0, maxOutputTokens } = parameters;
  const most = model?.max_tokens ?? Number.MAX_SAFE_INTEGER;
  if (maxOutputTokens === undefined) return Math.min(most, config.maxOutputTokens + thinkingTokens);
  if (maxOutputTokens > thinkingTokens) return maxOutputTokens;
  const reason = 'thinkingTokens: must be less than maxOutputTokens, which counts thoughts too';
  throw modelErrors.BAD_REQUEST({ provider: config.title, reason });
}

function toolsOf(request: ModelRequest, { webSearch }: Config): Pick<Params, 'tools' | 'tool_choice'> {
  const searches = request.builtInTools?.includes('web-search') ? [toSearchTool(webSearch)] : [];
  const tools: ToolUnion[] = [...toTools(request.tools), ...searches];
  if (tools.length > 0) return { tools };
  const former = toFormerTools(request.messages);
  return former.length > 0 ? { tools: former, tool_choice: { type: 'none' } } : {};
}

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters these models do not have */
export function toBody(request: ModelRequest, facts: BodyFacts): Body {
  const { config, files } = facts;
  const parameters = parseParameters(Parameters, request.parameters, config.title);
  const { choice, left } = choiceOf(parameters);
  const foreign = (request.builtInTools ?? []).filter((name) => name !== 'web-search');
  const mayPause = request.builtInTools?.includes('web-search') ?? false;
  const system = toSystem(request.messages);
  // The API answers either with sources or in a format.
  const isCited = config.citeDocuments && request.responseFormat === undefined;
  const params: Params = {
    model: request.model,
    max_tokens: longestOf(parameters, facts),
    messages: toMessages(withOwnCallIds(request.messages), files, isCited),
    stream: true,
    ...(system.length > 0 ? { system } : {}),
    ...toolsOf(request, config),
    ...choice,
    ...(parameters.stop ? { stop_sequences: parameters.stop } : {}),
    ...thinkingOf(parameters),
    ...outputOf(request, parameters, facts),
  };
  // Models that are told how much to think do so between calls of tools only when asked to.
  const thinksBetween =
    parameters.thinkingTokens !== undefined && request.tools.length > 0 && config.project === undefined;
  return {
    params: markForCache(params, config.promptCache),
    notices: [...left, ...foreign.map((name) => `${config.title} does not offer ${name} by itself.`)].map(info),
    betas: [
      ...config.betas,
      ...(thinksBetween ? ['interleaved-thinking-2025-05-14'] : []),
      ...(mayPause && config.project !== undefined ? ['web-search-2025-03-05'] : []),
    ],
    mayPause,
  };
}
