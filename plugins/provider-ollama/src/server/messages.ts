import type { FileContent, ModelMessage, ModelTool, Part } from '@parley/contracts';
import { isFile, isReasoning, isToolCall, toResultText, toWords } from '@parley/provider';
import type { Message, Tool } from 'ollama';
import { isImage, toFileWords } from './files.ts';

const toText = (parts: readonly Part[]): string =>
  parts
    .map(toWords)
    .filter((words) => words !== '')
    .join('\n\n');

function toUser(role: string, parts: readonly Part[], files: ReadonlyMap<string, FileContent>): Message {
  const images: string[] = [];
  const words = parts.flatMap((part): string[] => {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    if (!isFile(part) || !content) return [toWords(part)];
    if (!isImage(content)) return [toFileWords(part.file.name, content)];
    images.push(Buffer.from(content.bytes).toString('base64'));
    return [];
  });
  const content = words.filter((text) => text !== '').join('\n\n');
  return { role, content, ...(images.length > 0 ? { images } : {}) };
}

/** One answer as the server has it: each round of calls is followed by what the tools gave. */
function toRounds(parts: readonly Part[]): Message[] {
  const rounds: Message[] = [];
  let said: Part[] = [];
  const close = (): void => {
    const calls = said.filter(isToolCall);
    const thinking = said
      .filter(isReasoning)
      .map(({ text }) => text)
      .join('');
    const content = toText(said);
    if (content !== '' || calls.length > 0) {
      rounds.push({
        role: 'assistant',
        content,
        // Thoughts count within a round of tools only; the server's template drops older ones.
        ...(thinking !== '' && calls.length > 0 ? { thinking } : {}),
        ...(calls.length > 0
          ? { tool_calls: calls.map(({ name, input }) => ({ function: { name, arguments: toArguments(input) } })) }
          : {}),
      });
    }
    rounds.push(...calls.map((call) => ({ role: 'tool', tool_name: call.name, content: toResultText(call) })));
    said = [];
  };
  for (const part of parts) {
    if (!isToolCall(part) && said.some(isToolCall)) close();
    said.push(part);
  }
  close();
  return rounds;
}

const toArguments = (input: unknown): Record<string, unknown> =>
  typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};

/** The conversation as the server takes it. */
export const toMessages = (messages: readonly ModelMessage[], files: ReadonlyMap<string, FileContent>): Message[] =>
  messages.flatMap(({ role, parts }) => (role === 'assistant' ? toRounds(parts) : [toUser(role, parts, files)]));

/** The tools as the server takes them. */
export const toTools = (tools: readonly ModelTool[]): Tool[] =>
  tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }));
