import type {
  Candidate,
  GenerateContentResponse,
  GenerateContentResponseUsageMetadata,
  Part as ApiPart,
} from '@google/genai';
import { modelErrors, newId } from '@parley/contracts';
import type { CitationPart, ModelEvent, Opaque, Usage } from '@parley/contracts';
import type { EventDecoder, MadeFile } from '@parley/provider';
import { toCitations } from './citations.ts';
import type { Kept } from './family.ts';
import { toModelError } from './google-errors.ts';

type Finish = Extract<ModelEvent, { type: 'finish' }>['reason'];
type Emit = (event: ModelEvent | MadeFile) => void;
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

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
};

/** An answer as it comes, over as many requests as it takes. */
export interface AnswerDecoder extends EventDecoder<ModelEvent | MadeFile> {
  /** What the next request is to carry for the rest of the answer; nothing when the answer is whole. */
  readonly continuation: string | undefined;
}

function toUsage(counts: Counts): Usage {
  const { promptTokenCount = 0, toolUsePromptTokenCount = 0, candidatesTokenCount = 0 } = counts;
  const { thoughtsTokenCount: thoughts = 0, cachedContentTokenCount: cached = 0 } = counts;
  return {
    // The API counts thoughts, and what its own tools found, apart from the rest.
    inputTokens: promptTokenCount + toolUsePromptTokenCount,
    outputTokens: candidatesTokenCount + thoughts,
    ...(cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(thoughts > 0 ? { reasoningTokens: thoughts } : {}),
  };
}

function sum(one: Usage, other: Usage): Usage {
  const cached = (one.cachedInputTokens ?? 0) + (other.cachedInputTokens ?? 0);
  const thoughts = (one.reasoningTokens ?? 0) + (other.reasoningTokens ?? 0);
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    ...(cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(thoughts > 0 ? { reasoningTokens: thoughts } : {}),
  };
}

const nameOf = (mime: string, count: number): string => {
  const [kind = 'file', type = 'bin'] = (mime.split(';')[0] ?? '').split('/');
  return `${kind === 'image' ? 'picture' : kind}-${count}.${EXTENSIONS[`${kind}/${type}`] ?? type}`;
};

/** Turns the pieces of an answer into model events. `family` is who reads its signatures. */
export function createEventDecoder(provider: string, family: string): AnswerDecoder {
  const citations = new Map<string, CitationPart>();
  const unknown = new Set<string>();
  let usage: Usage = { inputTokens: 0, outputTokens: 0 };
  let counts: Counts | undefined;
  let finished: string | undefined;
  let token: string | undefined;
  let requestId: string | undefined;
  let files = 0;
  let hasCalls = false;

  const opaqueOf = (kept: Kept): { readonly opaque: Opaque } => ({ opaque: { family, data: kept as Opaque['data'] } });
  const signed = ({ thoughtSignature: signature }: ApiPart) => (signature ? opaqueOf({ signature }) : {});

  const parse = (data: string): Chunk => {
    try {
      return JSON.parse(data) as Chunk;
    } catch (cause) {
      throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
    }
  };

  const call = (part: ApiPart, emit: Emit): void => {
    const { id, name = '', args = {} } = part.functionCall ?? {};
    const { thoughtSignature: signature } = part;
    hasCalls = true;
    const kept = { ...(signature ? { signature } : {}), ...(id ? { id } : {}) };
    emit({ type: 'tool-call', callId: id || `call_${newId()}`, name, input: args, ...opaqueOf(kept) });
  };

  const made = ({ inlineData }: ApiPart, emit: Emit): void => {
    const { mimeType: mime = 'application/octet-stream', data = '' } = inlineData ?? {};
    files += 1;
    emit({ type: 'made-file', file: { name: nameOf(mime, files), mime, bytes: Buffer.from(data, 'base64') } });
  };

  const other = (part: ApiPart, emit: Emit): void => {
    // What the server's own tools did comes back as it is.
    if (part.toolCall || part.toolResponse) {
      emit({ type: 'reasoning', text: '', ...opaqueOf({ part: part as Kept['part'] & object }) });
      return;
    }
    const kind = Object.keys(part).find((key) => key !== 'thoughtSignature');
    if (kind === undefined || unknown.has(kind)) return;
    unknown.add(kind);
    emit({ type: 'notice', level: 'warning', text: `The answer holds something that can't be shown here: ${kind}.` });
  };

  const read = (part: ApiPart, emit: Emit): void => {
    if (typeof part.text === 'string') {
      if (part.text === '' && !part.thoughtSignature) return;
      emit({ type: part.thought ? 'reasoning' : 'text', text: part.text, ...signed(part) });
    } else if (part.functionCall) call(part, emit);
    else if (part.inlineData) {
      // Drafts that the model thinks with are none of the answer.
      if (!part.thought) made(part, emit);
    } else other(part, emit);
  };

  const finish = (emit: Emit): void => {
    const reason = finished ?? 'STOP';
    if (FAILED.includes(reason)) throw modelErrors.UNAVAILABLE({ provider, reason });
    for (const citation of citations.values()) emit({ type: 'part', part: citation });
    emit({ type: 'usage', usage });
    const end: Finish = reason === 'MAX_TOKENS' ? 'length' : hasCalls ? 'tool-calls' : 'stop';
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
      return finished === CONTINUED ? token : undefined;
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
      if (finished !== undefined && finished !== CONTINUED) return;
      for (const part of candidate.content?.parts ?? []) read(part, emit);
      if (candidate.continuationToken) token = candidate.continuationToken;
      if (candidate.finishReason) finished = candidate.finishReason;
    },
    end(emit) {
      if (counts) usage = sum(usage, toUsage(counts));
      counts = undefined;
      if (finished === undefined) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      if (this.continuation === undefined) finish(emit);
    },
  };
}
