import { keepMadeFiles } from '@parley/provider';
import type OpenAI from 'openai';
import type { AnswerApi } from '../answer-api.ts';
import { missingTools } from '../built-in-tools.ts';
import type { Config } from '../config.ts';
import { asServerError } from '../openai-errors.ts';
import { requestIdOf, streamAnswer } from '../stream-answer.ts';
import { createChunkDecoder } from './chunk-decoder.ts';
import { familyOf } from './kept.ts';
import { toBody } from './request-body.ts';
import type { Body } from './request-body.ts';

/** Whether a server does not know the wish to be told what an answer used; servers say so in many ways, but name it. */
function refusesCounting(error: unknown): boolean {
  const { status } = asServerError(error);
  return (status === 400 || status === 422) && error instanceof Error && error.message.includes('stream_options');
}

/** Answers through Chat Completions, which most servers speak. */
export function createChatApi(config: Config): AnswerApi {
  const provider = config.title;
  const family = familyOf(config);
  let canCount = true;

  async function open(client: OpenAI, body: Body, signal: AbortSignal): Promise<Response> {
    const send = (sent: Omit<Body, 'stream_options'>) => client.chat.completions.create(sent, { signal }).asResponse();
    const { stream_options: _, ...rest } = body;
    if (!canCount) return send(rest);
    try {
      return await send(body);
    } catch (error) {
      if (!refusesCounting(error)) throw error;
      canCount = false;
      return send(rest);
    }
  }

  return {
    reads: ['images', 'pdf', 'text'],
    async *ask({ request, client, files, signal }) {
      const body = toBody(request, config, { files, family });
      yield* missingTools(request.builtInTools, [], provider);
      const events = streamAnswer(
        (closing) => open(client, body, closing),
        (response) => createChunkDecoder({ provider, family, providerRequestId: requestIdOf(response) }),
        { config, model: request.model, signal },
      );
      yield* keepMadeFiles(events, request, signal);
    },
  };
}
