import type { AnyOperation, Problem, SseFrames } from '@parley/contracts';

const isFrames = (item: unknown): item is SseFrames =>
  typeof item === 'object' && item !== null && 'sseFrames' in item && typeof item.sseFrames === 'string';

/** A text for an `id:` or `event:` line; nothing that could end the line gets through. */
const oneLine = (value: unknown): string => String(value).replace(/[\r\n\0]/g, '');

/** Writes the items of one operation as Server-Sent Events; what comes as frames already is passed as it is. */
export function createFramer(operation: AnyOperation, check?: (event: unknown) => unknown): (item: unknown) => string {
  const { eventId, eventName } = operation;
  return (item) => {
    if (isFrames(item)) return item.sseFrames;
    const event = (check ? check(item) : item) as Readonly<Record<string, unknown>>;
    const id = eventId !== undefined && event[eventId] !== undefined ? `id: ${oneLine(event[eventId])}\n` : '';
    const name =
      eventName !== undefined && event[eventName] !== undefined ? `event: ${oneLine(event[eventName])}\n` : '';
    return `${id}${name}data: ${JSON.stringify(event)}\n\n`;
  };
}

/** The last words of a stream that failed. */
export const errorFrame = (problem: Problem): string => `event: error\ndata: ${JSON.stringify(problem)}\n\n`;
