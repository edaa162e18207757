/** Octaves of a millisecond: from 2^-10 ms, about a microsecond, to 2^22 ms, more than an hour. */
const SMALLEST_EXPONENT = -10;
const OCTAVES = 32;
/** Buckets of equal width in each octave, so that a value read back is off by a sixteenth at most. */
const PER_OCTAVE = 8;
const BUCKETS = OCTAVES * PER_OCTAVE;
const HALVE_AT = 8_192;

/**
 * The upper half of a number's bits: sign, eleven bits of exponent, then the mantissa, whose first three tell the eighth
 * of the octave. Reading them costs a third of a logarithm.
 */
const scratch = new DataView(new ArrayBuffer(8));
const SHIFT = 20 - Math.log2(PER_OCTAVE);
const EXPONENT_BIAS = 1_023;
const FIRST = (SMALLEST_EXPONENT + EXPONENT_BIAS) * PER_OCTAVE;

const bucketOf = (valueMs: number): number => {
  scratch.setFloat64(0, valueMs);
  const bucket = (scratch.getUint32(0) >>> SHIFT) - FIRST;
  return bucket > 0 ? Math.min(bucket, BUCKETS - 1) : 0;
};

const middleOf = (bucket: number): number => {
  const eighth = bucket % PER_OCTAVE;
  const octave = (bucket - eighth) / PER_OCTAVE + SMALLEST_EXPONENT;
  return 2 ** octave * (1 + (eighth + 0.5) / PER_OCTAVE);
};

/**
 * How durations are spread, in a kilobyte whatever their number: from a microsecond to an hour, within a tenth. What is
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
