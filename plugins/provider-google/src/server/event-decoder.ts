import type { Candidate, GenerateContentResponse, GenerateContentResponseUsageMetadata } from '@google/genai';
import { modelErrors } from '@parley/contracts';
import type { CitationPart, ModelEvent, Usage } from '@parley/contracts';
import type { EventDecoder, MadeFile } from '@parley/provider';
import { toCitations } from './citations.ts';
import { toModelError } from './google-errors.ts';
import { createPartReader } from './part-reader.ts';
import type { Emit } from './part-reader.ts';

type Finish = Extract<ModelEvent, { type: 'finish' }>['reason'];
type Counts = Partial<Readonly<Record<keyof GenerateContentResponseUsageMetadata & `${string}Count`, number>>>;
type Chunk = Pick<GenerateContentResponse, 'promptFeedback' | 'responseId'> & {
  readonly usageMetadata?: Counts;
  readonly candidates?: Candidate[];
  readonly error?: unknown;
};

const BLOCKED = ['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'].concat([
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
  'MODEL_ARMOR',
]);
/** The model lost its way; asked again, it may not. */
const FAILED = ['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'MALFORMED_RESPONSE'];
const CONTINUED = 'CONTINUATION';

/** An answer as it comes, over as many requests as it takes. */
export interface AnswerDecoder extends EventDecoder<ModelEvent | MadeFile> {
  /** What the next request is to carry for the rest of the answer; nothing when the answer is whole. */
  readonly continuation: string | undefined;
}

/** What all requests of an answer used. */
function toUsage(requests: readonly Counts[]): Usage {
  const total = (name: keyof Counts): number => requests.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
  const [cached, thoughts] = [total('cachedContentTokenCount'), total('thoughtsTokenCount')];
  return {
    // The API counts thoughts, and what its own tools found, apart from the rest.
    inputTokens: total('promptTokenCount') + total('toolUsePromptTokenCount'),
    outputTokens: total('candidatesTokenCount') + thoughts,
    ...(cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(thoughts > 0 ? { reasoningTokens: thoughts } : {}),
  };
}

/** Turns the pieces of an answer into model events. `family` is who reads its signatures. */
export function createEventDecoder(provider: string, family: string): AnswerDecoder {
  const citations = new Map<string, CitationPart>();
  const parts = createPartReader(family, provider);
  const requests: Counts[] = [];
  let counts: Counts = {};
  let finished: string | undefined;
  let token: string | undefined;
  let continuation: string | undefined;
  let requestId: string | undefined;

  const parse = (data: string): Chunk => {
    try {
      return JSON.parse(data) as Chunk;
    } catch (cause) {
      throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
    }
  };

  const finish = (emit: Emit): void => {
    const reason = finished ?? 'STOP';
    if (FAILED.includes(reason)) throw modelErrors.UNAVAILABLE({ provider, reason });
    for (const citation of citations.values()) emit({ type: 'part', part: citation });
    emit({ type: 'usage', usage: toUsage(requests) });
    const end: Finish = reason === 'MAX_TOKENS' ? 'length' : parts.hasCalls ? 'tool-calls' : 'stop';
    if (!['STOP', 'MAX_TOKENS', ...BLOCKED].includes(reason)) {
      emit({ type: 'notice', level: 'warning', text: `${provider} ended the answer early: ${reason}.` });
    }
    emit({
      type: 'finish',
      reason: BLOCKED.includes(reason) ? 'content-filter' : end,
      ...(requestId ? { providerRequestId: requestId } : {}),
    });
  };

  return {
    get continuation() {
      return continuation;
    },
    decode(data, _event, emit) {
      const { error, promptFeedback, usageMetadata, responseId, candidates } = parse(data);
      if (error) throw toModelError({ error }, { provider });
      if (promptFeedback?.blockReason) throw modelErrors.CONTENT_POLICY({ provider });
      if (usageMetadata) counts = { ...counts, ...usageMetadata };
      if (responseId) requestId = responseId;
      const [candidate] = candidates ?? [];
      if (!candidate) return;
      for (const citation of toCitations(candidate)) citations.set(`${citation.title} ${citation.url ?? ''}`, citation);
      // Whatever is repeated after the end counts for nothing.
      if (finished !== undefined) return;
      for (const part of candidate.content?.parts ?? []) parts.read(part, emit);
      if (candidate.continuationToken) token = candidate.continuationToken;
      if (candidate.finishReason) finished = candidate.finishReason;
    },
    end(emit) {
      requests.push(counts);
      counts = {};
      if (finished === undefined) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      // The same token again would bring the same again.
      continuation = finished === CONTINUED && token !== continuation ? token : undefined;
      if (continuation === undefined) finish(emit);
      else finished = undefined;
    },
  };
}
