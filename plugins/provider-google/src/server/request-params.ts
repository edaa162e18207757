import type {
  Content,
  GenerateContentConfig,
  GenerateContentParameters,
  MediaResolution,
  SafetySetting,
  ThinkingConfig,
  ThinkingLevel,
  Tool,
} from '@google/genai';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { parseParameters } from '@parley/provider';
import { Parameters } from './config.ts';
import type { Config } from './config.ts';
import { toContents, toInstructions } from './contents.ts';
import type { Telling } from './contents.ts';

/** A request as the SDK takes it, and what could not be done as asked. */
export interface Params {
  readonly request: GenerateContentParameters & {
    readonly contents: Content[];
    readonly config: GenerateContentConfig;
  };
  /** The same without what the server does by itself, for models that do not do it beside tools; only where that differs. */
  readonly plainer?: Params['request'];
  readonly notices: readonly ModelEvent[];
}

const BUILT_IN: Readonly<Record<string, Tool>> = {
  'web-search': { googleSearch: {} },
  'url-context': { urlContext: {} },
};
const CATEGORIES = {
  harassment: 'HARM_CATEGORY_HARASSMENT',
  hateSpeech: 'HARM_CATEGORY_HATE_SPEECH',
  sexuallyExplicit: 'HARM_CATEGORY_SEXUALLY_EXPLICIT',
  dangerousContent: 'HARM_CATEGORY_DANGEROUS_CONTENT',
} as const;
const THRESHOLDS = {
  off: 'OFF',
  none: 'BLOCK_NONE',
  high: 'BLOCK_ONLY_HIGH',
  medium: 'BLOCK_MEDIUM_AND_ABOVE',
  low: 'BLOCK_LOW_AND_ABOVE',
} as const;

function safetyOf({ safety }: Pick<Config, 'safety'>): Pick<GenerateContentConfig, 'safetySettings'> {
  const names = Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[];
  const given = names.flatMap((name) => {
    const block = safety[name];
    return block === undefined ? [] : [{ category: CATEGORIES[name], threshold: THRESHOLDS[block] }];
  });
  return given.length > 0 ? { safetySettings: given as unknown as SafetySetting[] } : {};
}

function thinkingOf(parameters: Parameters, isThinker: boolean): Pick<GenerateContentConfig, 'thinkingConfig'> {
  const { thinkingBudget, thinkingLevel, thoughts = isThinker } = parameters;
  const config: ThinkingConfig = {
    // Without thinking there is nothing to include, and to ask for it is an error.
    ...(thoughts && thinkingBudget !== 0 ? { includeThoughts: true } : {}),
    ...(thinkingBudget === undefined ? {} : { thinkingBudget }),
    ...(thinkingLevel === undefined ? {} : { thinkingLevel: thinkingLevel.toUpperCase() as unknown as ThinkingLevel }),
  };
  return Object.keys(config).length > 0 ? { thinkingConfig: config } : {};
}

function picturesOf({ pictures, aspectRatio, imageSize }: Parameters): GenerateContentConfig {
  const shape = { ...(aspectRatio ? { aspectRatio } : {}), ...(imageSize ? { imageSize } : {}) };
  return {
    ...(pictures === undefined ? {} : { responseModalities: pictures ? ['TEXT', 'IMAGE'] : ['TEXT'] }),
    ...(Object.keys(shape).length > 0 ? { imageConfig: shape } : {}),
  };
}

function formatOf({ responseFormat }: ModelRequest): GenerateContentConfig {
  if (!responseFormat) return {};
  return { responseMimeType: 'application/json', responseJsonSchema: { ...responseFormat.schema } };
}

const declared = (tools: ModelRequest['tools']): Tool[] =>
  tools.length === 0
    ? []
    : [
        {
          functionDeclarations: tools.map(({ name, description, inputSchema }) => ({
            name,
            description,
            parametersJsonSchema: { ...inputSchema, type: 'object' },
          })),
        },
      ];

/** Makes the parameters of the SDK. @throws MODEL_BAD_REQUEST for parameters these models do not have, or without a prompt */
export function toParams(
  request: ModelRequest,
  config: Pick<Config, 'title' | 'safety' | 'project'>,
  telling: Telling & { readonly isThinker: boolean },
): Params {
  const parameters = parseParameters(Parameters, request.parameters, config.title);
  const { temperature, topP, topK, maxOutputTokens, seed, mediaResolution } = parameters;
  const contents = toContents(request.messages, telling);
  if (contents.length === 0) throw modelErrors.BAD_REQUEST({ provider: config.title, reason: 'there is no prompt' });
  const wanted = request.builtInTools ?? [];
  const builtIn = wanted.flatMap((name) => BUILT_IN[name] ?? []);
  const functions = declared(request.tools);
  const tools = [...functions, ...builtIn];
  const instructions = toInstructions(request.messages);
  const common: GenerateContentConfig = {
    // Tools are called by the chat, and answers continued by the provider.
    automaticFunctionCalling: { disable: true },
    automaticContinuation: false,
    ...(instructions.length > 0 ? { systemInstruction: { parts: instructions } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(mediaResolution === undefined
      ? {}
      : { mediaResolution: `MEDIA_RESOLUTION_${mediaResolution.toUpperCase()}` as unknown as MediaResolution }),
    ...thinkingOf(parameters, telling.isThinker),
    ...picturesOf(parameters),
    ...formatOf(request),
    ...safetyOf(config),
  };
  const isMixed = functions.length > 0 && builtIn.length > 0;
  // Only the Gemini API shows what its own tools did, and wants it back.
  const shown =
    isMixed && config.project === undefined ? { toolConfig: { includeServerSideToolInvocations: true } } : {};
  const made = (more: GenerateContentConfig) => ({ model: request.model, contents, config: { ...common, ...more } });
  return {
    request: made(tools.length > 0 ? { tools, ...shown } : {}),
    ...(isMixed ? { plainer: made({ tools: functions }) } : {}),
    notices: wanted
      .filter((name) => !(name in BUILT_IN))
      .map((name) => ({ type: 'notice', level: 'info', text: `${config.title} does not offer ${name} by itself.` })),
  };
}
