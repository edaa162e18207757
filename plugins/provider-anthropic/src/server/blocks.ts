import { createHash } from 'node:crypto';
import type { ContentBlockParam, TextBlockParam, ToolResultBlockParam } from '@anthropic-ai/sdk/resources/messages';
import type { FileContent, Part, ReasoningPart, TextPart, ToolCallPart } from '@parley/contracts';
import { isFile, isText, opaqueOf, toResultText, toWords } from '@parley/provider';
import { digestOf, FAMILY } from './family.ts';
import type { CitedBlock, Kept } from './family.ts';

type KeptWith<K extends string> = Extract<Kept, Record<K, unknown>>;
type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

/** What these models wanted back with a part, if it is of the kind that has `key`. */
export function keptWith<K extends 'signature' | 'redacted' | 'blocks' | 'use'>(
  part: Part,
  key: K,
): KeptWith<K> | undefined {
  const data = opaqueOf(part, FAMILY);
  return typeof data === 'object' && data !== null && key in data ? (data as KeptWith<K>) : undefined;
}

/** Words as a block; the API takes no empty ones. */
export const words = (text: string): TextBlockParam[] => (text.trim() === '' ? [] : [{ type: 'text', text }]);

/** What the API takes as the id of a call; ids of other providers are spelled anew, each always in the same way. */
const toCallId = (id: string): string =>
  /^[\w-]{1,64}$/.test(id) ? id : `call_${createHash('sha256').update(id).digest('base64url').slice(0, 32)}`;

/** What the API takes as the name of a tool, for tools of earlier turns that other providers had. */
export const toToolName = (name: string): string => name.replaceAll(/[^\w-]/g, '_').slice(0, 64) || 'tool';

/** A call as the model made it. */
export const toToolUse = ({ callId, name, input }: ToolCallPart): ContentBlockParam => ({
  type: 'tool_use',
  id: toCallId(callId),
  name: toToolName(name),
  input: typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input },
});

/** What a tool gave. */
export const toToolResult = (call: ToolCallPart): ToolResultBlockParam => ({
  type: 'tool_result',
  tool_use_id: toCallId(call.callId),
  content: toResultText(call),
  ...(call.status === 'failed' || call.error !== undefined ? { is_error: true } : {}),
});

/** A thought that these models had; none of any other's, and none that was changed since. */
export function toThought(part: ReasoningPart): ContentBlockParam[] {
  const redacted = keptWith(part, 'redacted');
  if (redacted) return [{ type: 'redacted_thinking', data: redacted.redacted }];
  const kept = keptWith(part, 'signature');
  if (!kept || digestOf(part.text) !== kept.digest) return [];
  return [{ type: 'thinking', thinking: part.text, signature: kept.signature }];
}

/** Blocks that are only white space belong to the one before: the API takes none of them. */
function toCited(text: string, blocks: readonly CitedBlock[]): TextBlockParam[] {
  const cited: TextBlockParam[] = [];
  let start = 0;
  for (const { end, citations } of blocks) {
    const said = text.slice(start, end);
    const last = cited.at(-1);
    start = end;
    if (last && said.trim() === '') last.text += said;
    else cited.push({ type: 'text', text: said, ...(citations.length > 0 ? { citations: [...citations] } : {}) });
  }
  return cited.filter((block) => block.text.trim() !== '');
}

/** Words of an answer with the sources from the web that they rest on, unless they were changed since. */
export function toSaid(part: TextPart): TextBlockParam[] {
  const blocks = keptWith(part, 'blocks')?.blocks;
  return blocks?.at(-1)?.end === part.text.length ? toCited(part.text, blocks) : words(part.text);
}

/** The pages that `toSaid` names with the words of an answer. */
export const sourcesOf = (parts: readonly Part[]): ReadonlySet<string> =>
  new Set(
    parts
      .filter(isText)
      .flatMap(toSaid)
      .flatMap(({ citations }) => (citations ?? []).flatMap((each) => ('url' in each ? [each.url] : []))),
  );

function toFileBlock(name: string, { mime, bytes }: FileContent, isCited: boolean): ContentBlockParam {
  const citations = isCited ? { citations: { enabled: true } } : {};
  if (mime.startsWith('image/')) {
    const data = Buffer.from(bytes).toString('base64');
    return { type: 'image', source: { type: 'base64', media_type: mime as ImageType, data } };
  }
  if (mime === 'application/pdf') {
    const data = Buffer.from(bytes).toString('base64');
    return { type: 'document', title: name, source: { type: 'base64', media_type: mime, data }, ...citations };
  }
  const data = new TextDecoder().decode(bytes);
  return { type: 'document', title: name, source: { type: 'text', media_type: 'text/plain', data }, ...citations };
}

/** What a person sent. */
export const toAsked = (
  parts: readonly Part[],
  files: ReadonlyMap<string, FileContent>,
  isCited: boolean,
): ContentBlockParam[] =>
  parts.flatMap((part) => {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    return isFile(part) && content ? [toFileBlock(part.file.name, content, isCited)] : words(toWords(part));
  });
