import { createHash } from 'node:crypto';
import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import type { FileContent, FilePart, ModelMessage, Part, ReasoningPart, ToolCallPart } from '@parley/contracts';
import { isFile, isReasoning, isToolCall, opaqueOf, toResultText, toWords } from '@parley/provider';
import type { DocumentType } from '@smithy/types';
import { DocumentNames, MOST, toFileBlock } from './files.ts';
import { digestOf } from './thought.ts';
import type { KeptThought } from './thought.ts';

/** How a conversation is to be told. */
export interface Telling {
  readonly files: ReadonlyMap<string, FileContent>;
  /** Whose thoughts the model can read. */
  readonly family: string;
  /** The API takes calls of tools only in requests that offer tools. */
  readonly hasTools: boolean;
  readonly areDocumentsCited: boolean;
}

/** What the API takes as the id of a call; other providers' ids are spelled anew, each always in the same way. */
const toCallId = (id: string): string =>
  /^[\w-]{1,64}$/.test(id) ? id : `call_${createHash('sha256').update(id).digest('base64url')}`;

// Blank text is refused.
const words = (text: string): ContentBlock[] => (text.trim() === '' ? [] : [{ text }]);

const toToolUse = ({ callId, name, input }: ToolCallPart): ContentBlock => ({
  toolUse: {
    toolUseId: toCallId(callId),
    name,
    input: (typeof input === 'object' && input !== null ? input : {}) as DocumentType,
  },
});

const toToolResult = (call: ToolCallPart): ContentBlock => ({
  toolResult: { toolUseId: toCallId(call.callId), content: [{ text: toResultText(call) || '(nothing)' }] },
});

const toCallWords = (call: ToolCallPart): ContentBlock[] =>
  words(`[used the tool ${call.name} with ${JSON.stringify(call.input ?? {})}, which gave: ${toResultText(call)}]`);

function toThought(part: ReasoningPart, family: string): ContentBlock[] {
  const kept = opaqueOf(part, family) as KeptThought | undefined;
  if (kept === undefined) return [];
  if ('redactedContent' in kept) {
    return [{ reasoningContent: { redactedContent: Buffer.from(kept.redactedContent, 'base64') } }];
  }
  if (kept.digest !== digestOf(part.text)) return [];
  return [{ reasoningContent: { reasoningText: { text: part.text, signature: kept.signature } } }];
}

/** One answer as the API has it: each round of calls is followed by what the tools gave. */
function toRounds(parts: readonly Part[], { family, hasTools }: Telling): Message[] {
  const rounds: Message[] = [];
  let said: ContentBlock[] = [];
  let results: ContentBlock[] = [];
  const close = (): void => {
    rounds.push({ role: 'assistant', content: said }, { role: 'user', content: results });
    said = [];
    results = [];
  };
  for (const part of parts) {
    if (!isToolCall(part) && results.length > 0) close();
    if (isToolCall(part) && hasTools) {
      said.push(toToolUse(part));
      results.push(toToolResult(part));
    } else if (isToolCall(part)) said.push(...toCallWords(part));
    else if (isReasoning(part)) said.push(...toThought(part, family));
    else said.push(...words(toWords(part)));
  }
  close();
  return rounds;
}

/** Tells the conversation to the model. */
class Teller {
  readonly #names = new DocumentNames();
  readonly #telling: Telling;
  /** Names of files of which a message holds too many. */
  readonly leftOut: string[] = [];

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  toUserBlocks(parts: readonly Part[]): ContentBlock[] {
    const counts: Record<string, number> = {};
    const blocks = parts.flatMap((part) => {
      const block = isFile(part) ? this.#toBlock(part, counts) : undefined;
      return block ? [block] : words(toWords(part));
    });
    // A document wants words beside it.
    const isBare = blocks.length > 0 && blocks.every(({ text }) => text === undefined);
    return isBare
      ? [
          ...blocks,
          ...words(
            parts
              .filter(isFile)
              .map(({ file }) => file.name)
              .join(', '),
          ),
        ]
      : blocks;
  }

  #toBlock({ file }: FilePart, counts: Record<string, number>): ContentBlock | undefined {
    const content = this.#telling.files.get(file.id);
    if (content === undefined) return undefined;
    const { areDocumentsCited: isCited } = this.#telling;
    const block = toFileBlock(content, { name: () => this.#names.nameFor(file.name), isCited });
    const kind = Object.keys(block ?? {})[0] ?? '';
    const count = (counts[kind] ?? 0) + 1;
    counts[kind] = count;
    if (count <= (MOST[kind] ?? Number.POSITIVE_INFINITY)) return block;
    this.leftOut.push(file.name);
    return undefined;
  }
}

/** The API wants the roles to take turns, beginning with the person's. */
function inTurns(messages: readonly Message[]): Message[] {
  const turns: { role: Message['role']; content: ContentBlock[] }[] = [];
  for (const { role, content = [] } of messages) {
    if (content.length === 0) continue;
    const last = turns.at(-1);
    if (last && last.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  return turns[0]?.role === 'assistant' ? [{ role: 'user', content: words('(earlier)') }, ...turns] : turns;
}

/** The conversation as the API takes it, and the names of files that are too many for their message. */
export function toMessages(
  messages: readonly ModelMessage[],
  telling: Telling,
): { readonly messages: Message[]; readonly leftOut: readonly string[] } {
  const teller = new Teller(telling);
  const told = messages.flatMap(({ role, parts }): Message[] => {
    if (role === 'system') return [];
    return role === 'assistant' ? toRounds(parts, telling) : [{ role, content: teller.toUserBlocks(parts) }];
  });
  return { messages: inTurns(told), leftOut: teller.leftOut };
}
