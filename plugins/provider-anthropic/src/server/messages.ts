import type {
  ContentBlockParam,
  MessageParam,
  TextBlockParam,
  Tool,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { FileContent, ModelMessage, ModelTool, Part, ToolCallPart } from '@parley/contracts';
import { isFile, isReasoning, isText, isToolCall, opaqueOf, toResultText, toWords } from '@parley/provider';
import { FAMILY } from './family.ts';

/** Kinds of files these models read. */
export const FILE_KINDS = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'];

/** What the API takes as the id of a call; other providers' ids are spelled anew, each always in the same way. */
const toCallId = (id: string): string =>
  /^[\w-]+$/.test(id) ? id : `call_${Buffer.from(id).toString('base64url').slice(0, 60)}`;

const words = (text: string): TextBlockParam[] => (text.trim() === '' ? [] : [{ type: 'text', text }]);

type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

function toFileBlock(name: string, { mime, bytes }: FileContent): ContentBlockParam {
  if (mime === 'text/plain') {
    const data = new TextDecoder().decode(bytes);
    return { type: 'document', title: name, source: { type: 'text', media_type: 'text/plain', data } };
  }
  const data = Buffer.from(bytes).toString('base64');
  if (mime === 'application/pdf') {
    return { type: 'document', title: name, source: { type: 'base64', media_type: mime, data } };
  }
  return { type: 'image', source: { type: 'base64', media_type: mime as ImageType, data } };
}

const toUserBlocks = (parts: readonly Part[], files: ReadonlyMap<string, FileContent>): ContentBlockParam[] =>
  parts.flatMap((part) => {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    return isFile(part) && content ? [toFileBlock(part.file.name, content)] : words(toWords(part));
  });

function toThought(part: Part): ContentBlockParam[] {
  const data = opaqueOf(part, FAMILY) as { readonly signature?: string; readonly redacted?: string } | undefined;
  if (data?.redacted !== undefined) return [{ type: 'redacted_thinking', data: data.redacted }];
  if (data?.signature === undefined || !isReasoning(part)) return [];
  return [{ type: 'thinking', thinking: part.text, signature: data.signature }];
}

const toToolUse = ({ callId, name, input }: ToolCallPart): ContentBlockParam => ({
  type: 'tool_use',
  id: toCallId(callId),
  name,
  input: typeof input === 'object' && input !== null ? input : {},
});

const toToolResult = (call: ToolCallPart): ToolResultBlockParam => ({
  type: 'tool_result',
  tool_use_id: toCallId(call.callId),
  content: toResultText(call),
  ...(call.status === 'failed' || call.error !== undefined ? { is_error: true } : {}),
});

/** One answer as the API has it: each round of calls is followed by what the tools gave. */
function toRounds(parts: readonly Part[]): MessageParam[] {
  const rounds: MessageParam[] = [];
  let said: ContentBlockParam[] = [];
  let results: ToolResultBlockParam[] = [];
  const close = (): void => {
    if (said.length > 0) rounds.push({ role: 'assistant', content: said });
    if (results.length > 0) rounds.push({ role: 'user', content: results });
    said = [];
    results = [];
  };
  for (const part of parts) {
    if (!isToolCall(part) && results.length > 0) close();
    if (isToolCall(part)) {
      said.push(toToolUse(part));
      results.push(toToolResult(part));
    } else if (isReasoning(part)) said.push(...toThought(part));
    else said.push(...words(toWords(part)));
  }
  close();
  return rounds;
}

/** The conversation as the API takes it. */
export const toMessages = (
  messages: readonly ModelMessage[],
  files: ReadonlyMap<string, FileContent>,
): MessageParam[] =>
  messages.flatMap(({ role, parts }): MessageParam[] => {
    if (role === 'system') return [];
    if (role === 'assistant') return toRounds(parts);
    const content = toUserBlocks(parts, files);
    return content.length === 0 ? [] : [{ role, content }];
  });

/** The instructions before the conversation. */
export const toSystem = (messages: readonly ModelMessage[]): TextBlockParam[] =>
  messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) => parts.filter(isText).flatMap((part) => words(part.text)));

/** The tools as the API takes them. */
export const toTools = (tools: readonly ModelTool[]): Tool[] =>
  tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    input_schema: { ...inputSchema, type: 'object' },
  }));
