import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { FileContent, ModelEvent, ModelRequest } from '@parley/contracts';
import type { Access } from './access.ts';
import { isAboutStreaming, isAboutTools } from './bedrock-errors.ts';
import type { Config } from './config.ts';
import { sendRaw } from './raw-answer.ts';
import type { RawAnswer } from './raw-answer.ts';
import { toBody } from './request-body.ts';

/** How a model answers, and what could not be done as asked. */
export interface Asked {
  readonly answer: RawAnswer | { readonly whole: ConverseCommandOutput };
  readonly notices: readonly ModelEvent[];
}

const WITHOUT_TOOLS: ModelEvent = {
  type: 'notice',
  level: 'warning',
  text: 'This model uses no tools, and was asked without them.',
};

/**
 * Asks models in the way each can: streamed or whole, with tools or without. Nothing lists which can what, so the first
 * refusal of each is remembered.
 */
export function createAskModel(config: Config) {
  const withoutStream = new Set<string>();
  const withoutTools = new Set<string>();

  return async function ask(
    access: Access,
    request: ModelRequest,
    files: ReadonlyMap<string, FileContent>,
    abortSignal: AbortSignal,
  ): Promise<Asked> {
    const { client } = access;
    const { model } = request;
    const hasTools = request.tools.length > 0 && !withoutTools.has(model);
    // Some models stream, but not with tools.
    const way = `${model} ${hasTools ? 'with' : 'without'} tools`;
    const { input, notices } = toBody(hasTools ? request : { ...request, tools: [] }, config, files);
    const told = request.tools.length > 0 && !hasTools ? [...notices, WITHOUT_TOOLS] : notices;
    try {
      if (!withoutStream.has(way)) return { answer: await sendRaw(client, input, abortSignal), notices: told };
      const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
      return { answer: { whole: await client.send(new ConverseCommand(input), { abortSignal }) }, notices: told };
    } catch (error) {
      if (isAboutStreaming(error) && !withoutStream.has(way)) withoutStream.add(way);
      else if (isAboutTools(error) && hasTools) withoutTools.add(model);
      else throw error;
      return ask(access, request, files, abortSignal);
    }
  };
}
