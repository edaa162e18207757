import { toFrames } from './log-encoding.ts';
import type { Frames, LogChunk } from './log-encoding.ts';
import { TextBuilder } from './text-builder.ts';

/** A block is closed at this length: as much as a reader that is behind gets at once. Units: UTF-16 code units. */
const BLOCK_LENGTH = 16 * 1_024;

class Block {
  readonly firstSeq: number;
  lastSeq: number;
  length = 0;
  readonly #text = new TextBuilder();

  constructor(firstSeq: number) {
    this.firstSeq = firstSeq;
    this.lastSeq = firstSeq - 1;
  }

  append({ lastSeq, text }: LogChunk): void {
    this.#text.append(this.length === 0 ? text : `\n${text}`);
    this.length += text.length + 1;
    this.lastSeq = lastSeq;
  }

  get text(): string {
    return this.#text.toString();
  }
}

/** The log of one run as far as it was said: a few flat texts, some ten bytes for each piece a model says. */
export class RunMemory {
  #blocks: Block[] = [];

  append(chunk: LogChunk): void {
    let block = this.#blocks.at(-1);
    if (!block || block.length >= BLOCK_LENGTH) {
      block = new Block(chunk.firstSeq);
      this.#blocks.push(block);
    }
    block.append(chunk);
  }

  /** What follows `after`, a block of it at most and nothing beyond `upTo`. */
  framesAfter(after: number, upTo: number): Frames | undefined {
    const block = this.#blocks.find(({ lastSeq }) => lastSeq > after);
    return block && toFrames([block], after, upTo);
  }

  /** All of it in chunks of about `length`. Units: UTF-16 code units. */
  chunks(length: number): LogChunk[] {
    const chunks: LogChunk[] = [];
    let open: Block[] = [];
    let openLength = 0;
    const close = () => {
      const [first, last] = [open[0], open.at(-1)];
      if (!first || !last) return;
      const text = open.map((block) => block.text).join('\n');
      chunks.push({ firstSeq: first.firstSeq, lastSeq: last.lastSeq, text });
      open = [];
      openLength = 0;
    };
    for (const block of this.#blocks) {
      if (openLength > 0 && openLength + block.length > length) close();
      open.push(block);
      openLength += block.length;
    }
    close();
    return chunks;
  }

  /** Lets go of everything. */
  clear(): void {
    this.#blocks = [];
  }
}
