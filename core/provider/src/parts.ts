import type { CitationPart, FilePart, Part, ReasoningPart, TextPart, ToolCallPart } from '@parley/contracts';

/** Whether a part is words. */
export const isText = (part: Part): part is TextPart => part.type === 'text' && 'text' in part;
/** Whether a part is a thought of the model. */
export const isReasoning = (part: Part): part is ReasoningPart => part.type === 'reasoning' && 'text' in part;
/** Whether a part is a use of a tool. */
export const isToolCall = (part: Part): part is ToolCallPart => part.type === 'tool-call' && 'callId' in part;
/** Whether a part is a file. */
export const isFile = (part: Part): part is FilePart => part.type === 'file' && 'file' in part;
/** Whether a part is a source. */
export const isCitation = (part: Part): part is CitationPart => part.type === 'citation' && 'title' in part;

/** What a provider of `family` wanted back with a part; another family's is not for it. */
export const opaqueOf = (part: Part, family: string): unknown => {
  const opaque = 'opaque' in part ? part.opaque : undefined;
  return opaque?.family === family ? opaque.data : undefined;
};

/**
 * A part in words, for what a model can't take otherwise; empty for thoughts and calls of tools, which have a form of
 * their own.
 */
export function toWords(part: Part): string {
  if (isText(part)) return part.text;
  if (isFile(part)) return `[file ${part.file.name}, not included]`;
  if (isCitation(part)) return `[source: ${part.title}${part.url === undefined ? '' : ` ${part.url}`}]`;
  if (part.type === 'artifact' && 'content' in part) return `[${part.title}]\n${part.content}`;
  return '';
}

/** What a tool gave, as text: its error, its own text, or JSON. A call without a result says so. */
export function toResultText({ status, output, error }: ToolCallPart): string {
  if (error !== undefined) return `Error: ${error}`;
  if (status === 'denied') return 'The person did not allow this call.';
  if (output === undefined) return 'No result is known: the call was interrupted.';
  return typeof output === 'string' ? output : JSON.stringify(output);
}
