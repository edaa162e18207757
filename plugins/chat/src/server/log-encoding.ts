import type { RunEvent } from '@parley/contracts';

/**
 * One event as a line of the log. `type` always comes first, so that frames are made without parsing.
 * Shape: JSON without line breaks.
 */
export function encodeEvent(event: RunEvent): string {
  const { type, ...rest } = event;
  return JSON.stringify({ type, ...rest });
}

/** `encodeEvent` of a `part-delta`, the event that makes up nearly all of a log. */
export const encodeDelta = (seq: number, index: number, text: string): string =>
  `{"type":"part-delta","seq":${seq},"index":${index},"text":${JSON.stringify(text)}}`;

const TYPE_START = '{"type":"'.length;

/** The SSE frame of the event in `line` at position `seq`. */
export const toFrame = (line: string, seq: number): string =>
  `id: ${seq}\nevent: ${line.slice(TYPE_START, line.indexOf('"', TYPE_START))}\ndata: ${line}\n\n`;

/** Whether a line of the log is the last one of its run. */
export const isEndLine = (line: string): boolean => line.startsWith('{"type":"run-end"');

/** The event a line of the log holds. */
export const decodeEvent = (line: string): RunEvent => JSON.parse(line) as RunEvent;
