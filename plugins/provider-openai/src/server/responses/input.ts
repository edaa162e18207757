import type { FileContent, ModelMessage, Part, ToolCallPart } from '@parley/contracts';
import { isFile, isReasoning, isText, isToolCall, opaqueOf, toResultText, toWords } from '@parley/provider';
import type { EasyInputMessage, ResponseInputContent, ResponseInputItem } from 'openai/resources/responses/responses';
import { toCallId } from '../call-id.ts';
import { isImage, isPdf, toDataUrl, toFileWords } from '../files.ts';
import type { KeptItem, Phase } from './kept.ts';

type Files = ReadonlyMap<string, FileContent>;

/** What of earlier answers goes back as it came. Shape: `family` undefined gives back words only. */
interface Options {
  readonly files: Files;
  readonly family: string | undefined;
}

const words = (text: string): ResponseInputContent[] => (text.trim() === '' ? [] : [{ type: 'input_text', text }]);

function toFileContent(name: string, content: FileContent): ResponseInputContent {
  if (isImage(content)) return { type: 'input_image', detail: 'auto', image_url: toDataUrl(content) };
  if (isPdf(content)) return { type: 'input_file', filename: name, file_data: toDataUrl(content) };
  return { type: 'input_text', text: toFileWords(name, content) };
}

const toContent = (parts: readonly Part[], files: Files): ResponseInputContent[] =>
  parts.flatMap((part) => {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    return isFile(part) && content ? [toFileContent(part.file.name, content)] : words(toWords(part));
  });

const toCall = ({ callId, name, input }: ToolCallPart): ResponseInputItem => ({
  type: 'function_call',
  call_id: toCallId(callId),
  name,
  arguments: JSON.stringify(input ?? {}),
});

const toOutput = (call: ToolCallPart): ResponseInputItem => ({
  type: 'function_call_output',
  call_id: toCallId(call.callId),
  output: toResultText(call),
});

/** Gathers the items of one answer in the order in which the API wants them. */
class AnswerItems {
  readonly items: ResponseInputItem[] = [];
  /** Thoughts that wait for what they led to: the API refuses them alone. */
  #kept: readonly KeptItem[] = [];
  #said: string[] = [];
  #outputs: ResponseInputItem[] = [];

  keep(items: readonly KeptItem[]): void {
    this.#endWords();
    this.#endRound();
    this.#kept = [...this.#kept, ...items];
  }

  say(text: string, phase?: Phase): void {
    this.#endRound();
    if (text.trim() !== '') this.#said.push(text);
    if (phase !== undefined) this.#endWords(phase);
  }

  call(part: ToolCallPart): void {
    this.#endWords();
    this.#push(toCall(part));
    this.#outputs.push(toOutput(part));
  }

  /** A file lies outside of the answer; what came before it led to it, not to what follows. */
  show(content: readonly ResponseInputContent[]): void {
    this.end();
    this.items.push({ role: 'user', content: [...words('This is the file that you made:'), ...content] });
  }

  end(): void {
    this.#endWords();
    this.#endRound();
    this.#kept = [];
  }

  #push(item: ResponseInputItem): void {
    this.items.push(...this.#kept, item);
    this.#kept = [];
  }

  #endWords(phase?: Phase): void {
    const content = this.#said.join('\n\n');
    this.#said = [];
    const message: EasyInputMessage = { role: 'assistant', content, ...(phase === undefined ? {} : { phase }) };
    if (content !== '') this.#push(message);
  }

  #endRound(): void {
    this.items.push(...this.#outputs);
    this.#outputs = [];
  }
}

function toAnswer(parts: readonly Part[], { files, family }: Options): ResponseInputItem[] {
  const answer = new AnswerItems();
  const keptWith = (part: Part) =>
    (family === undefined ? undefined : opaqueOf(part, family)) as
      | { readonly items?: readonly KeptItem[]; readonly phase?: Phase }
      | undefined;
  for (const part of parts) {
    const content = isFile(part) ? files.get(part.file.id) : undefined;
    if (isToolCall(part)) answer.call(part);
    else if (isReasoning(part)) answer.keep(keptWith(part)?.items ?? []);
    else if (isFile(part) && content) answer.show([toFileContent(part.file.name, content)]);
    else answer.say(toWords(part), isText(part) ? keptWith(part)?.phase : undefined);
  }
  answer.end();
  return answer.items;
}

/** The conversation as the Responses API takes it. */
export const toInput = (messages: readonly ModelMessage[], options: Options): ResponseInputItem[] =>
  messages.flatMap(({ role, parts }): ResponseInputItem[] => {
    if (role === 'assistant') return toAnswer(parts, options);
    const content = toContent(parts, options.files);
    return content.length === 0 ? [] : [{ role, content }];
  });
