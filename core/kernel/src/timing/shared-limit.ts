/** What must end in time: one link in the list of a limit. */
export abstract class Limited {
  /** When it began. Units: milliseconds of `performance.now()`. May move on while it is under the limit. */
  startedMs: number;
  /** @internal */
  previous: Limited | undefined;
  /** @internal */
  next: Limited | undefined;

  constructor(startedMs: number) {
    this.startedMs = startedMs;
  }

  /** Called when its time is up, each time until it is taken out or has begun anew. */
  abstract expire(elapsedMs: number): void;
}

/** Pending work is looked at no more often than this, so that thousands of limits cost one timer. */
const SHORTEST_WAIT_MS = 10;

/**
 * One limit for much pending work. Entering and leaving cost a few assignments; a single timer, which runs only while
 * something is pending and keeps no process alive, looks for what is late. Nothing ends early, nothing more than 10 ms late
 * unless the event loop itself is.
 */
export class SharedLimit {
  readonly timeoutMs: number;
  #first: Limited | undefined;
  #isWatching = false;

  /** Units: milliseconds. */
  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  /** Puts work under the limit. */
  add(work: Limited): void {
    work.previous = undefined;
    work.next = this.#first;
    if (this.#first !== undefined) this.#first.previous = work;
    this.#first = work;
    if (!this.#isWatching) this.#watch(this.timeoutMs);
  }

  /** Takes out what is under the limit, because it has ended. */
  remove(work: Limited): void {
    if (work.next !== undefined) work.next.previous = work.previous;
    if (work.previous === undefined) this.#first = work.next;
    else work.previous.next = work.next;
  }

  #watch(waitMs: number): void {
    this.#isWatching = true;
    setTimeout(() => this.#look(), waitMs).unref?.();
  }

  #look(): void {
    const nowMs = performance.now();
    const late: Limited[] = [];
    let waitMs = this.timeoutMs;
    for (let work = this.#first; work !== undefined; work = work.next) {
      const leftMs = work.startedMs + this.timeoutMs - nowMs;
      if (leftMs <= 0) late.push(work);
      else waitMs = Math.min(waitMs, leftMs);
    }
    for (const work of late) work.expire(Math.round(nowMs - work.startedMs));
    this.#isWatching = false;
    if (this.#first !== undefined) this.#watch(Math.max(SHORTEST_WAIT_MS, Math.ceil(waitMs)));
  }
}
