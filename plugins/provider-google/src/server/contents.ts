import type { Content, Part as ApiPart } from '@google/genai';
import type { ModelMessage, Part, ToolCallPart } from '@parley/contracts';
import { isFile, isReasoning, isText, isToolCall, opaqueOf, toResultText, toWords } from '@parley/provider';
import type { Kept } from './family.ts';

/** What a conversation is told with. */
export interface Telling {
  /** The files that the model takes, by their ids. */
  readonly files: ReadonlyMap<string, ApiPart>;
  /** Whose signatures these models read. */
  readonly family: string;
}

// Google's own word for a call that another model made, whose thoughts nobody signed.
const UNSIGNED = 'skip_thought_signature_validator';

const words = (text: string): ApiPart[] => (text.trim() === '' ? [] : [{ text }]);
const keptWith = (part: Part, family: string): Kept | undefined => opaqueOf(part, family) as Kept | undefined;
const signed = (kept: Kept | undefined): Pick<ApiPart, 'thoughtSignature'> =>
  kept?.signature === undefined ? {} : { thoughtSignature: kept.signature };

const toUserParts = (parts: readonly Part[], files: Telling['files']): ApiPart[] =>
  parts.flatMap((part) => {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    return content ? [content] : words(toWords(part));
  });

function toThought(part: Part, family: string): ApiPart[] {
  const kept = keptWith(part, family);
  if (kept?.part) return [kept.part];
  return kept?.signature !== undefined && isReasoning(part)
    ? [{ text: part.text, thought: true, ...signed(kept) }]
    : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `isFirst` is the first of the calls that the model made at once, which carries the signature of all. */
function toCall(call: ToolCallPart, kept: Kept | undefined, isFirst: boolean): ApiPart {
  const { name, input } = call;
  const id = kept?.id === undefined ? {} : { id: kept.id };
  const signature = kept === undefined && isFirst ? { thoughtSignature: UNSIGNED } : signed(kept);
  return { functionCall: { ...id, name, args: isObject(input) ? input : {} }, ...signature };
}

function toResult(call: ToolCallPart, kept: Kept | undefined): ApiPart {
  const { name, status, output, error } = call;
  const isFailed = status === 'failed' || error !== undefined;
  const response = isFailed
    ? { error: toResultText(call) }
    : { output: isObject(output) || Array.isArray(output) ? output : toResultText(call) };
  return { functionResponse: { ...(kept?.id === undefined ? {} : { id: kept.id }), name, response } };
}

/** One answer as the API has it: each round of calls is followed by what the tools gave. `isNow` while it is not finished. */
function toRounds(parts: readonly Part[], { files, family }: Telling, isNow: boolean): Content[] {
  const rounds: Content[] = [];
  let said: ApiPart[] = [];
  let results: ApiPart[] = [];
  const made: ApiPart[] = [];
  const close = (): void => {
    if (said.length > 0) rounds.push({ role: 'model', parts: said });
    if (results.length > 0) rounds.push({ role: 'user', parts: results });
    said = [];
    results = [];
  };
  for (const part of parts) {
    if (!isToolCall(part) && results.length > 0) close();
    const kept = keptWith(part, family);
    if (isToolCall(part)) {
      said.push(toCall(part, kept, isNow && results.length === 0));
      results.push(toResult(part, kept));
    } else if (isReasoning(part)) said.push(...toThought(part, family));
    else if (isText(part) && kept) said.push({ text: part.text, ...signed(kept) });
    else said.push(...words(toWords(part)));
    const picture = isFile(part) ? files.get(part.file.id) : undefined;
    if (picture)
      made.push({ text: `[file ${(part as { file: { name: string } }).file.name} of the answer above]` }, picture);
  }
  close();
  // Only what a model made itself may stand in its turn, with a signature that nobody keeps.
  return made.length > 0 ? [...rounds, { role: 'user', parts: made }] : rounds;
}

/** The conversation as the API takes it. */
export function toContents(messages: readonly ModelMessage[], telling: Telling): Content[] {
  const lastAsked = messages.findLastIndex(({ role }) => role === 'user');
  return messages.flatMap(({ role, parts }, index): Content[] => {
    if (role === 'system') return [];
    if (role === 'assistant') return toRounds(parts, telling, index > lastAsked);
    const content = toUserParts(parts, telling.files);
    return content.length === 0 ? [] : [{ role, parts: content }];
  });
}

/** The instructions before the conversation. */
export const toInstructions = (messages: readonly ModelMessage[]): ApiPart[] =>
  messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) => parts.filter(isText).flatMap((part) => words(part.text)));
