import type { AnyHook, StreamPipe, StreamTap } from '@parley/contracts';
import type { CallStats } from '../timing/call-stats.ts';
import type { RegisteredTap, ReportFailure } from './registered-tap.ts';
import { tapError } from './tap-error.ts';

type Part = unknown;
type Sink = (part: Part) => void;

/** One tap inside one open stream. */
export class StreamLink {
  readonly tap: RegisteredTap;
  readonly running: StreamTap<Part>;
  readonly stats: CallStats;
  /** It threw and is left out for the rest of the stream. */
  isRemoved = false;

  constructor(tap: RegisteredTap, running: StreamTap<Part>) {
    this.tap = tap;
    this.running = running;
    this.stats = tap.meter.stats;
  }
}

/**
 * One stream on its way through its taps. Each part goes from tap to tap in a loop: what a tap lets out is noted and
 * given to the next one when it has returned, so that a part costs one call per tap and a place to note it, however many
 * taps there are, and an error of the sink never passes through a tap.
 */
export class OpenStream implements StreamPipe<Part> {
  readonly #hook: AnyHook;
  readonly #links: readonly StreamLink[];
  readonly #sink: Sink;
  readonly #report: ReportFailure;
  #hasEnded = false;
  /** What the present tap has let out: almost always one part. */
  #count = 0;
  #first: Part;
  #further: Part[] = [];

  constructor(hook: AnyHook, links: readonly StreamLink[], sink: Sink, report: ReportFailure) {
    this.#hook = hook;
    this.#links = links;
    this.#sink = sink;
    this.#report = report;
  }

  readonly push = (part: Part): void => {
    if (!this.#hasEnded) this.#pass(part, 0);
  };

  readonly end = (): void => {
    if (this.#hasEnded) return;
    for (const [place, link] of this.#links.entries()) {
      if (link.isRemoved) continue;
      this.#count = 0;
      try {
        link.running.onEnd?.(this.#emit);
        link.tap.meter.answered();
      } catch (error) {
        this.#remove(link, error);
      }
      this.#passAll(place + 1);
    }
    this.#hasEnded = true;
  };

  readonly #emit: Sink = (part) => {
    if (this.#count === 0) this.#first = part;
    else if (this.#count === 1) this.#further = [part];
    else this.#further.push(part);
    this.#count += 1;
  };

  #pass(part: Part, from: number): void {
    const links = this.#links;
    let current = part;
    for (let place = from; place < links.length; place += 1) {
      const link = links[place] as StreamLink;
      if (link.isRemoved) continue;
      link.stats.calls += 1;
      this.#count = 0;
      try {
        link.running.onPart(current, this.#emit);
      } catch (error) {
        this.#giveUp(link, error, current);
      }
      if (this.#count !== 1) return this.#passAll(place + 1);
      current = this.#first;
    }
    this.#sink(current);
  }

  /** Hands on what the tap before the place `from` has let out. */
  #passAll(from: number): void {
    if (this.#count === 0) return;
    const parts = this.#count === 1 ? [this.#first] : [this.#first, ...this.#further];
    for (const part of parts) this.#pass(part, from);
  }

  /** Takes a tap out at the part it failed at: what it held is released, and no part is lost or doubled. */
  #giveUp(link: StreamLink, error: unknown, part: Part): void {
    this.#remove(link, error);
    const isOut = this.#count > 0;
    try {
      link.running.onEnd?.(this.#emit);
    } catch (further) {
      link.stats.fail(further, false);
    }
    if (!isOut) this.#emit(part);
  }

  #remove(link: StreamLink, error: unknown): void {
    const { tap } = link;
    tap.meter.charge(error);
    if (this.#hook.onError === 'fail') throw tapError(this.#hook, tap, error);
    link.isRemoved = true;
    this.#report({ hook: this.#hook, pluginId: tap.pluginId, error });
  }
}
