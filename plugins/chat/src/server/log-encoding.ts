import type { RunEvent } from '@parley/contracts';

/**
 * A stretch of a run's log.
 * Shape: `text` has one line per event from `firstSeq` to `lastSeq`. A piece of text, which nearly all events are, is the
 * number of its part followed by a JSON text (`1"Hello "`); every other event is its JSON, with `type` first.
 */
export interface LogChunk {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly text: string;
}

/** A stretch of a log as readers receive it. */
export interface Frames {
  readonly frames: string;
  readonly lastSeq: number;
  /** Whether it holds the `run-end`. */
  readonly isEnd: boolean;
}

const EVENT_START = '{';
const TYPE_START = '{"type":"'.length;
const END_START = '{"type":"run-end"';

/** The line of a piece of text of part `index`. */
export const encodeDelta = (index: number, text: string): string => `${index}${JSON.stringify(text)}`;

/** The line of an event. */
export function encodeEvent(event: RunEvent): string {
  if (event.type === 'part-delta' && 'text' in event) return encodeDelta(event.index, event.text);
  const { type, ...rest } = event;
  return JSON.stringify({ type, ...rest });
}

/** The event of the line at position `seq`. */
export function decodeEvent(line: string, seq: number): RunEvent {
  if (line.startsWith(EVENT_START)) return JSON.parse(line) as RunEvent;
  const quote = line.indexOf('"');
  const text = JSON.parse(line.slice(quote)) as string;
  return { type: 'part-delta', seq, index: Number(line.slice(0, quote)), text };
}

/** The SSE frame of the line at position `seq`. */
export function toFrame(line: string, seq: number): string {
  if (line.startsWith(EVENT_START)) {
    return `id: ${seq}\nevent: ${line.slice(TYPE_START, line.indexOf('"', TYPE_START))}\ndata: ${line}\n\n`;
  }
  const quote = line.indexOf('"');
  const data = `{"type":"part-delta","seq":${seq},"index":${line.slice(0, quote)},"text":${line.slice(quote)}}`;
  return `id: ${seq}\nevent: part-delta\ndata: ${data}\n\n`;
}

/** The log of a run that has said only `event`. */
export const toChunk = (event: RunEvent): LogChunk => ({
  firstSeq: event.seq,
  lastSeq: event.seq,
  text: encodeEvent(event),
});

/**
 * What chunks hold after position `after` and up to `upTo`, as far as the first hole.
 * Shape: chunks in order; they may begin before `after` and overlap.
 */
export function toFrames(chunks: Iterable<LogChunk>, after: number, upTo = Infinity): Frames | undefined {
  let frames = '';
  let lastSeq = after;
  let isEnd = false;
  for (const { firstSeq, text } of chunks) {
    if (firstSeq > lastSeq + 1) break;
    let seq = firstSeq;
    for (const line of text.split('\n')) {
      if (seq > upTo) break;
      if (seq > lastSeq) {
        frames += toFrame(line, seq);
        isEnd = line.startsWith(END_START);
        lastSeq = seq;
      }
      seq += 1;
    }
  }
  return lastSeq === after ? undefined : { frames, lastSeq, isEnd };
}

/** The events of chunks, as far as the first hole. */
export function toEvents(chunks: Iterable<LogChunk>, after = 0): RunEvent[] {
  const events: RunEvent[] = [];
  let lastSeq = after;
  for (const { firstSeq, text } of chunks) {
    if (firstSeq > lastSeq + 1) break;
    let seq = firstSeq;
    for (const line of text.split('\n')) {
      if (seq > lastSeq) {
        events.push(decodeEvent(line, seq));
        lastSeq = seq;
      }
      seq += 1;
    }
  }
  return events;
}
