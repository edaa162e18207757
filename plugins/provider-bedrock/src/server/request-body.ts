import type {
  CachePointBlock,
  ConverseStreamCommandInput,
  GuardrailStreamConfiguration,
  Message,
  SystemContentBlock,
  Tool,
} from '@aws-sdk/client-bedrock-runtime';
import type { FileContent, ModelEvent, ModelRequest, ModelTool } from '@parley/contracts';
import { isText, withOwnCallIds } from '@parley/provider';
import type { DocumentType } from '@smithy/types';
import type { Config } from './config.ts';
import { GROUNDING } from './grounding.ts';
import { toMessages } from './messages.ts';
import { familyOf, vendorOf } from './model-id.ts';
import { isEffortCommon, readParameters, thinkingFields } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** The request as the API takes it, and what could not be done as asked. */
export interface Body {
  readonly input: ConverseStreamCommandInput;
  readonly notices: readonly ModelEvent[];
}

const toTool = ({ name, description, inputSchema }: ModelTool): Tool => ({
  toolSpec: {
    name,
    ...(description === '' ? {} : { description }),
    inputSchema: { json: { ...inputSchema, type: 'object' } as DocumentType },
  },
});

/** The tools of a request, and the wishes that this model can't fulfil. */
function toTools({ model, tools, builtInTools = [] }: ModelRequest) {
  const canSearch = vendorOf(model) === 'amazon';
  const isFulfilled = (wish: string): boolean => canSearch && wish === 'web-search';
  return {
    tools: [...tools.map(toTool), ...(builtInTools.some(isFulfilled) ? [{ systemTool: { name: GROUNDING } }] : [])],
    foreign: builtInTools.filter((wish) => !isFulfilled(wish)),
  };
}

const toSystem = (request: ModelRequest): SystemContentBlock[] =>
  request.messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) => parts.filter(isText).flatMap(({ text }) => (text.trim() === '' ? [] : [{ text }])));

/** Marks the instructions and the whole conversation up to now, so that the next request finds them kept. */
function withCachePoints(
  { system, messages }: { readonly system: SystemContentBlock[]; readonly messages: Message[] },
  promptCache: Config['promptCache'],
) {
  if (promptCache === 'off') return { system, messages };
  const cachePoint: CachePointBlock = { type: 'default', ...(promptCache === '1h' ? { ttl: promptCache } : {}) };
  return {
    system: system.length === 0 ? system : [...system, { cachePoint }],
    messages: messages.map((message, index) =>
      index === messages.length - 1 ? { ...message, content: [...(message.content ?? []), { cachePoint }] } : message,
    ),
  };
}

const toGuardrail = ({ guardrail }: Config): { guardrailConfig?: GuardrailStreamConfiguration } =>
  guardrail
    ? {
        guardrailConfig: {
          guardrailIdentifier: guardrail.id,
          guardrailVersion: guardrail.version,
          trace: guardrail.trace,
          streamProcessingMode: guardrail.streamProcessing,
        },
      }
    : {};

function toInference(parameters: Parameters, config: Config) {
  const { temperature, topP, thinkingTokens = 0, maxOutputTokens } = parameters;
  const fallback = config.maxOutputTokens === undefined ? undefined : config.maxOutputTokens + thinkingTokens;
  const maxTokens = maxOutputTokens ?? fallback;
  return {
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
  };
}

function toOutput({ model, responseFormat }: ModelRequest, { effort }: Parameters) {
  const outputConfig = {
    ...(responseFormat
      ? {
          textFormat: {
            type: 'json_schema' as const,
            structure: {
              jsonSchema: { name: responseFormat.name, schema: JSON.stringify(responseFormat.schema) },
            },
          },
        }
      : {}),
    ...(effort !== undefined && isEffortCommon(model) ? { effort } : {}),
  };
  return Object.keys(outputConfig).length === 0 ? {} : { outputConfig };
}

const info = (text: string): ModelEvent => ({ type: 'notice', level: 'info', text });

/** Makes the body of a request. @throws MODEL_BAD_REQUEST for parameters the model does not have */
export function toBody(request: ModelRequest, config: Config, files: ReadonlyMap<string, FileContent>): Body {
  const { model } = request;
  const parameters = readParameters(model, request.parameters, config.title);
  const { tools, foreign } = toTools(request);
  const told = toMessages(withOwnCallIds(request.messages), {
    files,
    family: familyOf(model),
    hasTools: tools.length > 0,
    areDocumentsCited: config.documentCitations,
  });
  const { system, messages } = withCachePoints({ ...told, system: toSystem(request) }, config.promptCache);
  const inferenceConfig = toInference(parameters, config);
  const fields = { ...config.additionalFields, ...thinkingFields(model, parameters) } as Record<string, DocumentType>;
  const left = told.leftOut.join(', ');
  return {
    input: {
      modelId: model,
      messages,
      ...(system.length > 0 ? { system } : {}),
      ...(tools.length > 0 ? { toolConfig: { tools } } : {}),
      ...(Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {}),
      ...(Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {}),
      ...toOutput(request, parameters),
      ...toGuardrail(config),
      ...(config.serviceTier ? { serviceTier: { type: config.serviceTier } } : {}),
      ...(config.latency ? { performanceConfig: { latency: config.latency } } : {}),
    },
    notices: [
      ...foreign.map((name) => info(`${config.title} does not offer ${name} by itself for this model.`)),
      ...(left === ''
        ? []
        : [info(`More files than one message may hold: ${left}. The model was told their names only.`)]),
    ],
  };
}
