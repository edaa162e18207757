import type { Message, Part, RunEvent } from '@parley/contracts';

/** The text of a message, or of what is sent. */
export const textOfParts = (parts: readonly Part[] = []): string =>
  parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('');

/** The text of a message; of none, nothing. */
export const textOfMessage = (message: Message | undefined): string => textOfParts(message?.parts);

/** The text of an answer as its events tell it. */
export const textOfEvents = (events: readonly RunEvent[]): string =>
  events.map((event) => (event.type === 'part-delta' && 'text' in event ? event.text : '')).join('');
