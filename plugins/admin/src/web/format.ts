const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A moment with its day and time. */
export const momentText = (at: string | number): string => dateTime.format(new Date(at));

/** A moment's day. */
export const dayText = (at: string | number): string => date.format(new Date(at));

/** A time span: "0.42 ms", "18 ms", "1.2 s"; a dash where nothing was measured. */
export function spanText(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

/** An amount of memory: "48 MB". */
export const memoryText = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

/** A whole number with its separators. */
export const numberText = (value: number): string => new Intl.NumberFormat().format(value);
