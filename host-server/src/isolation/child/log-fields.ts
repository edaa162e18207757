const MAX_TEXT = 4_096;
const MAX_DEPTH = 5;
const MAX_ITEMS = 100;

/** Fields of a log line as they may travel: short, flat enough, nothing that can be called. */
export function toLogFields(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (typeof value === 'function' || typeof value === 'symbol') return String(value).slice(0, 100);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error || Object.prototype.toString.call(value) === '[object Secret]') return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => toLogFields(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, field]) => [name, toLogFields(field, depth + 1)]),
  );
}
