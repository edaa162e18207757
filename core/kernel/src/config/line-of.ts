import type { Document, LineCounter, Node } from 'yaml';

/** Line, from 1, of the value at a path of a config file, or of its nearest parent that is there. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value;

/** Lines of a YAML document. */
export const createLineOf =
  (document: Document, lines: LineCounter): LineOf =>
  (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };

const escaped = (text: string): string => text.replace(/[^\w]/g, '\\$&');

/** Where `key:` stands in a part of a text; -1 when it does not. */
function findKey(text: string, key: string, from: number, to: number): number {
  const pattern = new RegExp(`(?<![\\w.])['"]?${escaped(key)}['"]?\\s*:`, 'g');
  pattern.lastIndex = from;
  const at = pattern.exec(text)?.index ?? -1;
  return at < to ? at : -1;
}

/** Where the plugins of the list begin: at each `use`. */
const entryStarts = (text: string): readonly number[] =>
  [...text.matchAll(/(?<![\w.])use\s*:/g)].map(({ index }) => index);

/**
 * Lines of a TypeScript config, found by its keys in the order of the path: right for a literal object, the nearest
 * parent's where a value is computed elsewhere.
 */
export const createTextLineOf =
  (text: string): LineOf =>
  (path) => {
    const starts = entryStarts(text);
    let found = -1;
    let end = text.length;
    for (const step of path) {
      const isEntry = typeof step === 'number' && path[0] === 'plugins' && step === path[1];
      const at = isEntry ? (starts[step] ?? -1) : findKey(text, String(step), Math.max(found, 0), end);
      if (at < 0) break;
      if (isEntry) end = starts[step + 1] ?? text.length;
      found = at;
    }
    return found < 0 ? undefined : text.slice(0, found).split('\n').length;
  };
