/** Counts who still uses something, and tells when nobody does. */
export class HoldCount {
  #count = 0;
  #waiting: (() => void)[] = [];

  get count(): number {
    return this.#count;
  }

  add(): void {
    this.#count += 1;
  }

  remove(): void {
    this.#count -= 1;
    if (this.#count > 0 || this.#waiting.length === 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Counts one use until it is disposed. */
  hold(): Disposable {
    this.add();
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (isHeld) this.remove();
        isHeld = false;
      },
    };
  }

  /** Resolves as soon as nobody holds it; at once when nobody does now. */
  async idle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
