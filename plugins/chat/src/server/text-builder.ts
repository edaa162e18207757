const PIECES_BEFORE_JOIN = 64;

/**
 * A text that grows by small pieces and is kept as a few flat strings; appending to one string would keep every piece
 * and a node beside it until the end.
 */
export class TextBuilder {
  readonly #blocks: string[] = [];
  #pieces: string[] = [];

  append(piece: string): void {
    if (this.#pieces.push(piece) < PIECES_BEFORE_JOIN) return;
    this.#blocks.push(this.#pieces.join(''));
    this.#pieces = [];
  }

  toString(): string {
    return this.#blocks.join('') + this.#pieces.join('');
  }
}
