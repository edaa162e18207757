const SMALLEST_MS = 0.001;
/** Each bucket is a fifth wider than the one before, so a value read back is off by a tenth at most. */
const PER_OCTAVE = 4;
const BUCKETS = 32 * PER_OCTAVE;
const HALVE_AT = 8_192;

const bucketOf = (valueMs: number): number => {
  const bucket = Math.floor(Math.log2(valueMs / SMALLEST_MS) * PER_OCTAVE);
  return bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0;
};

const middleOf = (bucket: number): number => SMALLEST_MS * 2 ** ((bucket + 0.5) / PER_OCTAVE);

/**
 * How durations are spread, in 512 bytes whatever their number: from a microsecond to an hour, within a tenth. What is
 * older counts less: after 8192 durations all counts are halved.
 */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  add(valueMs: number): void {
    const bucket = bucketOf(valueMs);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
    if (this.#total >= HALVE_AT) this.#halve();
  }

  /** The duration that `share` (0..1) of all do not exceed. Units: milliseconds; `undefined` before the first. */
  quantile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    let left = Math.max(1, Math.ceil(share * this.#total));
    const bucket = this.#counts.findIndex((count) => (left -= count) <= 0);
    return middleOf(bucket);
  }

  /** Counts what another one has counted too. */
  absorb(other: Histogram): void {
    for (const [bucket, count] of other.#counts.entries()) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    this.#total += other.#total;
  }

  #halve(): void {
    this.#total = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      const half = Math.ceil(count / 2);
      this.#counts[bucket] = half;
      this.#total += half;
    }
  }
}
