import type { ModelEvent } from '@parley/contracts';
import { keepMadeFiles } from '@parley/provider';
import type { AnswerApi } from '../answer-api.ts';
import type { Config } from '../config.ts';
import { requestIdOf, streamAnswer } from '../stream-answer.ts';
import { createEventDecoder } from './event-decoder.ts';
import { familyOf } from './kept.ts';
import { prepareBody } from './request-body.ts';
import { createWishes } from './wishes.ts';

const LOST_THOUGHTS: ModelEvent = {
  type: 'notice',
  level: 'info',
  text: 'The server could not read its earlier thoughts in this conversation; it answers from the words alone.',
};

/** Answers through the Responses API. */
export function createResponsesApi(config: Config): AnswerApi {
  const provider = config.title;
  const family = familyOf(config);
  const wishes = createWishes();
  return {
    reads: ['images', 'pdf', 'text'],
    async *ask({ request, client, files, signal }) {
      const prepared = prepareBody(request, { provider, family, files });
      yield* prepared.notices;
      let isLost = false;
      const open = (closing: AbortSignal): Promise<Response> =>
        wishes.open(
          request.model,
          (wished) => client.responses.create(prepared.toBody(wished), { signal: closing }).asResponse(),
          (wish) => (isLost ||= wish === 'history'),
        );
      const events = streamAnswer(
        open,
        (response) => createEventDecoder({ provider, family, providerRequestId: requestIdOf(response) }),
        { config, model: request.model, signal },
      );
      for await (const event of keepMadeFiles(events, request, signal)) {
        if (isLost) yield LOST_THOUGHTS;
        isLost = false;
        yield event;
      }
    },
  };
}
