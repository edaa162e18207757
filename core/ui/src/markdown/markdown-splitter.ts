import { addDefinitions, type Definitions, noDefinitions } from './definitions.ts';
import { findOpenFence } from './fence.ts';
import { parseMarkdown } from './parse-markdown.ts';

/** A markdown text as blocks that are final and a tail that is not. */
export interface MarkdownView {
  /** Sources of finished top-level blocks; a block once here never changes, so its place is its key. */
  readonly blocks: readonly string[];
  /** What follows them and may still change its meaning. */
  readonly tail: string;
  /** What blocks may refer to, as known so far. */
  readonly definitions: Definitions;
}

/** A tail shorter than this is parsed only when a blank line or a fence shows that a block may have ended. */
const SHORT_TAIL = 600;
const BLOCK_END = /\n[ \t]*\n|\n {0,3}(?:```|~~~)/;

/**
 * Splits a growing text so that each flush parses the tail only.
 * Two rules keep the split equal to a parse of the whole: an incomplete last line never decides anything, and
 * definitions are collected so that a block can be parsed together with those it uses.
 * `update` may be called with the same text again; a text that does not continue the last one starts over.
 */
export class MarkdownSplitter {
  #text = '';
  #isComplete = false;
  #offset = 0;
  #triedUntil = 0;
  #view: MarkdownView = { blocks: [], tail: '', definitions: noDefinitions };

  /** The split of the text so far; `isComplete` freezes the last block too. */
  update(text: string, isComplete: boolean): MarkdownView {
    if (text === this.#text && isComplete === this.#isComplete) return this.#view;
    if (!text.startsWith(this.#text) || this.#isComplete) this.#reset();
    this.#text = text;
    this.#isComplete = isComplete;
    if (isComplete) this.#freeze(text.slice(this.#offset), true);
    else this.#tryFreeze();
    this.#view = { ...this.#view, tail: text.slice(this.#offset) };
    return this.#view;
  }

  #reset(): void {
    this.#offset = 0;
    this.#triedUntil = 0;
    this.#view = { blocks: [], tail: '', definitions: noDefinitions };
  }

  #tryFreeze(): void {
    const completeUntil = this.#text.lastIndexOf('\n') + 1;
    if (completeUntil <= Math.max(this.#triedUntil, this.#offset)) return;
    const lines = this.#text.slice(this.#offset, completeUntil);
    if (lines.length <= SHORT_TAIL && !BLOCK_END.test(lines)) return;
    if (findOpenFence(lines) !== undefined) return;
    this.#triedUntil = completeUntil;
    this.#freeze(lines, false);
  }

  #freeze(source: string, isLastFinal: boolean): void {
    if (source === '') return;
    const tree = parseMarkdown(source);
    const starts = tree.children.map((node) => node.position?.start.offset ?? 0);
    const finished = isLastFinal ? starts.length : starts.length - 1;
    if (finished < 1) {
      if (isLastFinal) this.#offset += source.length;
      return;
    }
    const blocks = [...this.#view.blocks];
    for (let index = 0; index < finished; index++) {
      blocks.push(source.slice(index === 0 ? 0 : starts[index], starts[index + 1] ?? source.length));
    }
    const end = isLastFinal ? source.length : (starts[finished] ?? 0);
    const frozen = { ...tree, children: tree.children.slice(0, finished) };
    this.#view = { ...this.#view, blocks, definitions: addDefinitions(this.#view.definitions, frozen, source) };
    this.#offset += end;
  }
}
