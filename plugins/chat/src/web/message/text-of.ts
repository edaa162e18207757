import type { Message } from '@parley/contracts';

/** The words of a message, without what the model thought. */
export const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' && 'text' in part ? [part.text] : [])).join('\n\n');
