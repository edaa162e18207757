/** A key as people read it, and the unit that its name ends with. */
export interface KeyWords {
  /** `idleTimeoutMs` is "Idle timeout": the unit stands beside the value. What is counted stays: "Max run bytes". */
  readonly label: string;
  readonly unit: Unit | undefined;
}

/** The units that names of settings end with. */
export type Unit = 'ms' | 'seconds' | 'minutes' | 'hours' | 'days' | 'bytes' | '%' | 'tokens';

const UNITS: Readonly<Record<string, Unit>> = {
  ms: 'ms',
  milliseconds: 'ms',
  seconds: 'seconds',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  bytes: 'bytes',
  percent: '%',
  tokens: 'tokens',
};

/** Units that say what is counted, so that a name without them says too little. */
const COUNTED: ReadonlySet<Unit> = new Set(['bytes', 'tokens']);

/** Short words that stay in capitals. */
const CAPITALS: ReadonlySet<string> = new Set([
  'api',
  'css',
  'html',
  'http',
  'id',
  'ip',
  'json',
  'mcp',
  'sse',
  'ttl',
  'ui',
  'url',
  'uri',
]);

const wordsOf = (key: string): string[] =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());

const sentence = (words: readonly string[]): string => {
  const text = words.map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Words for a key; of a number, the unit is set apart from the words. */
export function keyWords(key: string, isNumber: boolean): KeyWords {
  const words = wordsOf(key);
  const unit = isNumber && words.length > 1 ? UNITS[words.at(-1) ?? ''] : undefined;
  const isSpan = unit !== undefined && !COUNTED.has(unit);
  return { label: sentence(isSpan ? words.slice(0, -1) : words) || key, unit };
}

const STEPS: Readonly<Partial<Record<Unit, readonly (readonly [size: number, name: string])[]>>> = {
  ms: [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ],
  seconds: [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ],
  minutes: [
    [1_440, 'd'],
    [60, 'h'],
  ],
  hours: [[24, 'd']],
  bytes: [
    [1_073_741_824, 'GiB'],
    [1_048_576, 'MiB'],
    [1_024, 'KiB'],
  ],
};

/** A large amount in a larger unit, "30 min" for 1 800 000 ms; `undefined` where the amount reads well as it is. */
export function inLargerUnit(amount: number, unit: Unit): string | undefined {
  const step = STEPS[unit]?.find(([size]) => Math.abs(amount) >= size);
  if (!step) return undefined;
  const [size, name] = step;
  const rounded = Math.round((amount / size) * 100) / 100;
  return `${rounded * size === amount ? '' : '≈ '}${rounded} ${name}`;
}
