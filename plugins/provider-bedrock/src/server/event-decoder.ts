import type {
  CitationsDelta,
  ContentBlockStartEvent,
  ContentBlockStopEvent,
  ConverseStreamMetadataEvent,
  MessageStopEvent,
  StopReason,
} from '@aws-sdk/client-bedrock-runtime';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { ByteDecoder, MadeFile } from '@parley/provider';
import { endAnswer } from './answer-end.ts';
import type { AnswerFacts } from './answer-end.ts';
import { toModelError } from './bedrock-errors.ts';
import { toCitation } from './citations.ts';
import { BrokenFrame, Frames } from './frames.ts';
import type { Frame } from './frames.ts';
import { isForUs } from './grounding.ts';
import { toMadeImage } from './made-image.ts';
import { familyOf } from './model-id.ts';
import { digestOf, keepThought } from './thought.ts';
import type { KeptThought } from './thought.ts';

type Emit = (event: ModelEvent | MadeFile) => void;

/** A piece of a block as it comes over the wire, where bytes are base64. */
interface Delta {
  readonly text?: string;
  readonly toolUse?: { readonly input?: string };
  readonly reasoningContent?: {
    readonly text?: string;
    readonly signature?: string;
    readonly redactedContent?: string;
  };
  readonly citation?: CitationsDelta;
  readonly image?: { readonly source?: { readonly bytes?: string } };
}
interface DeltaEvent {
  readonly delta?: Delta;
  readonly contentBlockIndex?: number;
}

/** What of an open block is only known at its end. */
interface OpenBlock {
  thought?: string;
  signature?: string;
  redacted?: string;
  image?: { readonly format: string; readonly pieces: Buffer[] };
}

/** Turns the event stream of one answer into model events. */
export function createEventDecoder(facts: AnswerFacts): ByteDecoder<ModelEvent | MadeFile> {
  const { provider, model } = facts;
  const family = familyOf(model);
  const frames = new Frames();
  const calls = new ToolInputs(provider);
  const blocks = new Map<number, OpenBlock>();
  const citations: ModelEvent[] = [];
  let stopReason: StopReason | undefined;
  let metadata: ConverseStreamMetadataEvent | undefined;

  const blockAt = (index: number): OpenBlock => {
    const block = blocks.get(index) ?? {};
    blocks.set(index, block);
    return block;
  };

  const start = ({ start: begun, contentBlockIndex: index = 0 }: ContentBlockStartEvent): void => {
    const call = begun?.toolUse;
    if (call && isForUs(call)) {
      calls.add(index, { callId: call.toolUseId ?? '', name: call.name ?? '' });
    } else if (begun?.image) blockAt(index).image = { format: begun.image.format ?? 'png', pieces: [] };
  };

  const think = (
    { text, signature, redactedContent }: NonNullable<Delta['reasoningContent']>,
    block: OpenBlock,
    emit: Emit,
  ): void => {
    if (text) {
      block.thought = (block.thought ?? '') + text;
      emit({ type: 'reasoning', text });
    }
    if (signature !== undefined) block.signature = (block.signature ?? '') + signature;
    if (redactedContent !== undefined) block.redacted = redactedContent;
  };

  const grow = ({ delta = {}, contentBlockIndex: index = 0 }: DeltaEvent, emit: Emit): void => {
    if (delta.text) emit({ type: 'text', text: delta.text });
    else if (delta.reasoningContent) think(delta.reasoningContent, blockAt(index), emit);
    // Pieces of calls that run at the provider have no open call.
    else if (delta.toolUse?.input && calls.has(index)) calls.add(index, { json: delta.toolUse.input });
    else if (delta.citation) citations.push(toCitation(delta.citation));
    else if (delta.image) blockAt(index).image?.pieces.push(Buffer.from(delta.image.source?.bytes ?? '', 'base64'));
  };

  const stop = ({ contentBlockIndex: index = 0 }: ContentBlockStopEvent, emit: Emit): void => {
    const { thought = '', signature, redacted, image } = blocks.get(index) ?? {};
    blocks.delete(index);
    const keep = (kept: KeptThought) => emit({ type: 'reasoning', text: '', opaque: keepThought(family, kept) });
    if (signature !== undefined) keep({ signature, digest: digestOf(thought) });
    if (redacted !== undefined) keep({ redactedContent: redacted });
    if (image) emit(toMadeImage(image.format, Buffer.concat(image.pieces)));
    calls.end(index, emit);
  };

  const parse = (payload: Buffer): unknown => {
    try {
      return JSON.parse(payload.toString());
    } catch (cause) {
      throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream holds something that is not JSON' }, cause);
    }
  };

  const take = (type: string | undefined, payload: Buffer, emit: Emit): void => {
    if (type === 'metadata') metadata ??= parse(payload) as ConverseStreamMetadataEvent;
    // Whatever else is said after the end counts for nothing.
    if (stopReason !== undefined) return;
    if (type === 'contentBlockDelta') grow(parse(payload) as DeltaEvent, emit);
    else if (type === 'contentBlockStart') start(parse(payload) as ContentBlockStartEvent);
    else if (type === 'contentBlockStop') stop(parse(payload) as ContentBlockStopEvent, emit);
    else if (type === 'messageStop') stopReason = (parse(payload) as MessageStopEvent).stopReason ?? 'end_turn';
  };

  const read = ({ headers, payload }: Frame, emit: Emit): void => {
    const kind = headers[':message-type'];
    if (kind === 'event') return take(headers[':event-type'], payload, emit);
    if (kind === 'exception') {
      const { message = '' } = parse(payload) as { readonly message?: string };
      throw toModelError({ name: toExceptionName(headers[':exception-type'] ?? ''), message }, facts);
    }
    if (kind === 'error') {
      throw toModelError({ name: headers[':error-code'] ?? '', message: headers[':error-message'] ?? '' }, facts);
    }
  };

  return {
    feed(bytes, emit) {
      try {
        frames.feed(bytes, (frame) => read(frame, emit));
      } catch (cause) {
        if (!(cause instanceof BrokenFrame)) throw cause;
        throw modelErrors.UNAVAILABLE({ provider, reason: `the stream is damaged: ${cause.message}` }, cause);
      }
    },
    end(emit) {
      if (stopReason === undefined || frames.isCut) {
        throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
      }
      for (const citation of citations) emit(citation);
      const { usage, trace } = metadata ?? {};
      for (const event of endAnswer({ stopReason, usage, guardrail: trace?.guardrail }, facts)) emit(event);
    },
  };
}

/** Inside a stream, exceptions have the name of the member: `throttlingException`. */
const toExceptionName = (member: string): string => member.slice(0, 1).toUpperCase() + member.slice(1);
