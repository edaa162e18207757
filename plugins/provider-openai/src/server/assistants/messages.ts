import type { FileContent, ModelMessage, Part } from '@parley/contracts';
import { isFile, isText, isToolCall, toResultText, toWords } from '@parley/provider';
import { toFileWords } from '../files.ts';

/** A message as threads take it. */
interface ThreadMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A thread can not begin with more. */
const MOST_MESSAGES = 32;

function inWords(part: Part, files: ReadonlyMap<string, FileContent>): string {
  const file = isFile(part) ? files.get(part.file.id) : undefined;
  if (isFile(part) && file) return toFileWords(part.file.name, file);
  if (isToolCall(part)) return `[used ${part.name} with ${JSON.stringify(part.input ?? {})}: ${toResultText(part)}]`;
  return toWords(part);
}

/** The earliest messages as one, where there are too many. */
function toFitting(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  if (messages.length <= MOST_MESSAGES) return messages;
  const early = messages.slice(0, messages.length - MOST_MESSAGES + 1);
  const content = early.map((message) => `${message.role}: ${message.content}`).join('\n\n');
  return [{ role: 'user', content: `Earlier in this conversation:\n\n${content}` }, ...messages.slice(early.length)];
}

/** The conversation as a thread begins with it. Threads know no calls of tools: those that are over stand there in words. */
export const toThreadMessages = (
  messages: readonly ModelMessage[],
  files: ReadonlyMap<string, FileContent>,
): ThreadMessage[] => [
  ...toFitting(
    messages.flatMap(({ role, parts }) => {
      if (role === 'system') return [];
      const words = parts.map((part) => inWords(part, files)).filter((text) => text.trim() !== '');
      return words.length === 0 ? [] : [{ role, content: words.join('\n\n') }];
    }),
  ),
];

/** Instructions of the conversation, which go beside the assistant's own. */
export const toInstructions = (messages: readonly ModelMessage[]): string =>
  messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) => parts.filter(isText).map(({ text }) => text))
    .join('\n\n');
