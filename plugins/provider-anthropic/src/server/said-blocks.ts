import type { ContentBlock, ContentBlockParam, RawContentBlockDelta } from '@anthropic-ai/sdk/resources/messages';

interface OpenBlock {
  readonly block: ContentBlock;
  /** Of text, of a thought, or of the JSON of an input. */
  words: string;
  signature: string;
  readonly citations: unknown[];
}

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return {};
  }
};

function toParam({ block, words, signature, citations }: OpenBlock): ContentBlockParam | undefined {
  if (block.type === 'text') {
    if (words.trim() === '') return undefined;
    return { type: 'text', text: words, ...(citations.length > 0 ? { citations: citations as never } : {}) };
  }
  if (block.type === 'thinking') return { type: 'thinking', thinking: words, signature };
  if (block.type === 'tool_use' || block.type === 'server_tool_use') {
    return { type: block.type, id: block.id, name: block.name, input: parse(words) } as ContentBlockParam;
  }
  return block;
}

/** An answer as the API wants it back to go on with it, block by block. */
export class SaidBlocks {
  readonly blocks: ContentBlockParam[] = [];
  readonly #open = new Map<number, OpenBlock>();

  start(index: number, block: ContentBlock): void {
    const words = block.type === 'text' ? block.text : block.type === 'thinking' ? block.thinking : '';
    const signature = block.type === 'thinking' ? block.signature : '';
    this.#open.set(index, { block, words, signature, citations: [] });
  }

  grow(index: number, delta: RawContentBlockDelta): void {
    const open = this.#open.get(index);
    if (!open) return;
    if (delta.type === 'text_delta') open.words += delta.text;
    else if (delta.type === 'thinking_delta') open.words += delta.thinking;
    else if (delta.type === 'input_json_delta') open.words += delta.partial_json;
    else if (delta.type === 'signature_delta') open.signature += delta.signature;
    else if (delta.type === 'citations_delta') open.citations.push(delta.citation);
  }

  stop(index: number): void {
    const open = this.#open.get(index);
    this.#open.delete(index);
    const param = open && toParam(open);
    if (param) this.blocks.push(param);
  }
}
