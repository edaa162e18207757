import type {
  ContentBlockParam,
  MessageParam,
  TextBlockParam,
  Tool,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type { FileContent, ModelMessage, ModelTool, Part } from '@parley/contracts';
import { isCitation, isReasoning, isText, isToolCall, toWords } from '@parley/provider';
import {
  keptWith,
  sourcesOf,
  toAsked,
  toSaid,
  toThought,
  toToolName,
  toToolResult,
  toToolUse,
  words,
} from './blocks.ts';

/** One answer as the API has it: each round of calls is followed by what the tools gave. */
function toRounds(parts: readonly Part[]): MessageParam[] {
  const rounds: MessageParam[] = [];
  const named = sourcesOf(parts);
  let said: ContentBlockParam[] = [];
  let results: ToolResultBlockParam[] = [];
  const close = (): void => {
    if (said.length > 0) rounds.push({ role: 'assistant', content: said });
    if (results.length > 0) rounds.push({ role: 'user', content: results });
    said = [];
    results = [];
  };
  for (const part of parts) {
    const search = keptWith(part, 'use');
    if (results.length > 0 && (search || !isToolCall(part))) close();
    if (search) said.push({ ...search.use }, { ...search.result });
    else if (isToolCall(part)) {
      said.push(toToolUse(part));
      results.push(toToolResult(part));
    } else if (isReasoning(part)) said.push(...toThought(part));
    else if (isText(part)) said.push(...toSaid(part));
    else if (!(isCitation(part) && named.has(part.url ?? ''))) said.push(...words(toWords(part)));
  }
  close();
  return rounds;
}

/** Turns of the same side in a row as one, which is how the API reads them. */
function joinTurns(turns: readonly MessageParam[]): MessageParam[] {
  const joined: { role: MessageParam['role']; content: ContentBlockParam[] }[] = [];
  for (const { role, content } of turns) {
    const blocks = content as ContentBlockParam[];
    const last = joined.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else joined.push({ role, content: [...blocks] });
  }
  return joined as MessageParam[];
}

/** The conversation as the API takes it. With `isCited`, the model names the places in documents that it uses. */
export const toMessages = (
  messages: readonly ModelMessage[],
  files: ReadonlyMap<string, FileContent>,
  isCited: boolean,
): MessageParam[] =>
  joinTurns(
    messages.flatMap(({ role, parts }): MessageParam[] => {
      if (role === 'system') return [];
      if (role === 'assistant') return toRounds(parts);
      const content = toAsked(parts, files, isCited);
      return content.length === 0 ? [] : [{ role, content }];
    }),
  );

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

/** Tools of earlier turns: the API wants those that a conversation names, also where none may be used any more. */
export const toFormerTools = (messages: readonly ModelMessage[]): Tool[] => {
  const calls = messages.flatMap(({ parts }) => parts.filter((part) => isToolCall(part) && !keptWith(part, 'use')));
  const names = new Set(calls.filter(isToolCall).map(({ name }) => toToolName(name)));
  return Array.from(names, (name) => ({
    name,
    description: 'Was used earlier in this conversation; not available now.',
    input_schema: { type: 'object' },
  }));
};
