import type { FileContent, ModelMessage, ModelTool, Part, ToolCallPart } from '@parley/contracts';
import { isFile, isReasoning, isToolCall, opaqueOf, toResultText, toWords } from '@parley/provider';
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions';
import { toCallId } from '../call-id.ts';
import { isImage, isPdf, toDataUrl, toFileWords } from '../files.ts';
import type { JsonObject, KeptCall, KeptThought, ReasoningField } from './kept.ts';

type Files = ReadonlyMap<string, FileContent>;
type Thoughts = Readonly<Partial<Record<ReasoningField, string>>> & { readonly reasoning_details?: JsonObject[] };

const toFilePart = (name: string, content: FileContent): ChatCompletionContentPart => {
  if (isImage(content)) return { type: 'image_url', image_url: { url: toDataUrl(content) } };
  if (isPdf(content)) return { type: 'file', file: { filename: name, file_data: toDataUrl(content) } };
  return { type: 'text', text: toFileWords(name, content) };
};

const allWords = (parts: readonly Part[]): string =>
  parts
    .map(toWords)
    .filter((words) => words !== '')
    .join('\n\n');

/** What a person sent: plain text where it is nothing else, since simple servers take only that. */
function toUser(parts: readonly Part[], files: Files): ChatCompletionMessageParam {
  if (!parts.some((part) => isFile(part) && files.has(part.file.id))) return { role: 'user', content: allWords(parts) };
  const content = parts.flatMap((part): ChatCompletionContentPart[] => {
    const file = isFile(part) ? files.get(part.file.id) : undefined;
    if (isFile(part) && file) return [toFilePart(part.file.name, file)];
    const text = toWords(part);
    return text === '' ? [] : [{ type: 'text', text }];
  });
  return { role: 'user', content };
}

function toCall(part: ToolCallPart, family: string) {
  const kept = opaqueOf(part, family) as KeptCall | undefined;
  return {
    id: toCallId(part.callId),
    type: 'function' as const,
    function: { name: part.name, arguments: JSON.stringify(part.input ?? {}) },
    ...(kept ? { extra_content: kept.extra } : {}),
  };
}

const toResult = (call: ToolCallPart): ChatCompletionMessageParam => ({
  role: 'tool',
  tool_call_id: toCallId(call.callId),
  content: toResultText(call),
});

/** Adds the thought of this server's model to those before it, in the form in which it came. */
function addThought(thoughts: Thoughts, part: Part, family: string): Thoughts {
  const kept = opaqueOf(part, family) as KeptThought | undefined;
  if (!isReasoning(part) || !kept) return thoughts;
  const { field, details } = kept;
  if (details) return { reasoning_details: [...(thoughts.reasoning_details ?? []), ...details] };
  return field === undefined ? thoughts : { ...thoughts, [field]: (thoughts[field] ?? '') + part.text };
}

interface Round {
  readonly said: string[];
  readonly calls: ToolCallPart[];
  readonly shown: ChatCompletionContentPart[];
  thoughts: Thoughts;
}

const newRound = (): Round => ({ said: [], calls: [], shown: [], thoughts: {} });

/** The rounds of one answer: each ends with the calls of tools, whose results the next begins from. */
function toRounds(parts: readonly Part[], files: Files, family: string): readonly Round[] {
  const rounds: [Round, ...Round[]] = [newRound()];
  for (const part of parts) {
    const last = rounds.at(-1) ?? rounds[0];
    const round = !isToolCall(part) && last.calls.length > 0 ? newRound() : last;
    if (round !== last) rounds.push(round);
    const file = isFile(part) ? files.get(part.file.id) : undefined;
    if (isToolCall(part)) round.calls.push(part);
    else if (isReasoning(part)) round.thoughts = addThought(round.thoughts, part, family);
    else if (isFile(part) && file) round.shown.push(toFilePart(part.file.name, file));
    else round.said.push(toWords(part));
  }
  return rounds;
}

function toAssistant(
  { said, calls, shown, thoughts }: Round,
  { family, isPresentTurn }: { readonly family: string; readonly isPresentTurn: boolean },
): ChatCompletionMessageParam[] {
  const words = said.filter((text) => text !== '').join('\n\n');
  const message: ChatCompletionAssistantMessageParam = {
    role: 'assistant',
    content: words === '' ? null : words,
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => toCall(call, family)) }),
    // Thoughts of turns that are over only cost tokens; some servers refuse them.
    ...(isPresentTurn && calls.length > 0 ? thoughts : {}),
  };
  const made: ChatCompletionMessageParam[] =
    shown.length === 0
      ? []
      : [{ role: 'user', content: [{ type: 'text', text: 'This is the file that you made:' }, ...shown] }];
  return [...(words === '' && calls.length === 0 ? [] : [message]), ...calls.map(toResult), ...made];
}

/** The conversation as Chat Completions takes it. */
export const toChatMessages = (
  messages: readonly ModelMessage[],
  { files, family }: { readonly files: Files; readonly family: string },
): ChatCompletionMessageParam[] =>
  messages.flatMap(({ role, parts }, index): ChatCompletionMessageParam[] => {
    if (role === 'system') return [{ role, content: allWords(parts) }];
    if (role === 'user') return [toUser(parts, files)];
    const isPresentTurn = index === messages.length - 1;
    return toRounds(parts, files, family).flatMap((round) => toAssistant(round, { family, isPresentTurn }));
  });

/** The tools as Chat Completions takes them. */
export const toChatTools = (tools: readonly ModelTool[]): ChatCompletionTool[] =>
  tools.map((tool) => ({
    type: 'function',
    function: { name: tool.name, description: tool.description, parameters: { ...tool.inputSchema } },
  }));
