import { keepMadeFiles } from '@parley/provider';
import type { AnswerApi } from '../answer-api.ts';
import { missingTools } from '../built-in-tools.ts';
import type { Config } from '../config.ts';
import { requestIdOf, streamAnswer } from '../stream-answer.ts';
import { createChunkDecoder } from './chunk-decoder.ts';
import { familyOf } from './kept.ts';
import { toBody } from './request-body.ts';

/** Answers through Chat Completions, which most servers speak. */
export function createChatApi(config: Config): AnswerApi {
  const provider = config.title;
  const family = familyOf(config);
  return {
    reads: ['images', 'pdf', 'text'],
    async *ask({ request, client, files, signal }) {
      const body = toBody(request, config, { files, family });
      yield* missingTools(request.builtInTools, [], provider);
      const events = streamAnswer(
        (closing) => client.chat.completions.create(body, { signal: closing }).asResponse(),
        (response) => createChunkDecoder({ provider, family, providerRequestId: requestIdOf(response) }),
        { config, model: request.model, signal },
      );
      yield* keepMadeFiles(events, request, signal);
    },
  };
}
