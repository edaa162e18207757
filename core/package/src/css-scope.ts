/** At-rules that stay inside the block they stand in; any other may change the whole page from within a scope. */
const LOCAL = new Set(['media', 'supports', 'container', 'layer', 'starting-style', 'keyframes', '-webkit-keyframes']);

/**
 * What makes a built style reach beyond its plugin; `undefined` when nothing does. It must stand in `@layer plugins`
 * and, in that, in `@scope` of the plugin's own mark: below every rule of the shell, and on the plugin's elements only.
 */
export function cssProblem(css: string, pluginId: string): string | undefined {
  const scope = `@scope([data-plugin=${pluginId}])`;
  return scan(css, (text, depth) => {
    const name = /^@([^\s(]*)/.exec(text)?.[1]?.toLowerCase();
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    if (depth === 0) return /^@layer\s+plugins$/.test(text) ? undefined : `"${shown}" stands outside of @layer plugins`;
    if (depth === 1 && text.replace(/["'\\\s]/g, '') === scope) return undefined;
    if (depth === 1 && !name?.endsWith('keyframes')) return `"${shown}" stands outside of the plugin's @scope`;
    return name === undefined || LOCAL.has(name) ? undefined : `@${name} changes the whole page`;
  });
}

type Check = (text: string, depth: number) => string | undefined;

/** Asks about the text before each `{` and each statement before a `;`; ends with the first problem. */
function scan(css: string, check: Check): string | undefined {
  let depth = 0;
  let start = 0;
  let text = '';
  const take = (end: number) => {
    const taken = (text + css.slice(start, end)).trim();
    text = '';
    start = end + 1;
    return taken;
  };
  for (let at = 0; at < css.length; at += 1) {
    const mark = css[at];
    if (mark === '\\') at += 1;
    else if (mark === '/' && css[at + 1] === '*') {
      const end = css.indexOf('*/', at + 2);
      if (end < 0) return 'a comment is not closed';
      text += css.slice(start, at);
      start = end + 2;
      at = end + 1;
    } else if (mark === '"' || mark === "'") {
      at = endOfString(css, at);
      if (at < 0) return 'a string is not closed';
    } else if (mark === '(') {
      const end = endOfUrl(css, at);
      if (end < 0) return 'an address is written in a way that hides where it ends';
      at = end;
    } else if (mark === '{') {
      const problem = check(take(at), depth);
      if (problem !== undefined) return problem;
      depth += 1;
    } else if (mark === ';') {
      const statement = take(at);
      const problem = depth === 0 || statement.startsWith('@') ? check(statement, depth) : undefined;
      if (problem !== undefined && statement !== '') return problem;
    } else if (mark === '}') {
      take(at);
      depth -= 1;
      if (depth < 0) return 'a brace closes what it did not open';
    }
  }
  if (depth > 0) return 'a brace is not closed';
  return take(css.length) === '' ? undefined : 'it ends in the middle of a rule';
}

/** Position of the closing quote; a line end before it makes the string invalid. */
function endOfString(css: string, from: number): number {
  for (let at = from + 1; at < css.length; at += 1) {
    if (css[at] === '\\') at += 1;
    else if (css[at] === '\n') return -1;
    else if (css[at] === css[from]) return at;
  }
  return -1;
}

/** Past an unquoted address, in which braces mean nothing; the position itself where it is none. */
function endOfUrl(css: string, from: number): number {
  const name = /[\w\\-]*$/.exec(css.slice(Math.max(0, from - 40), from))?.[0] ?? '';
  if (name.includes('\\')) return -1;
  if (name.toLowerCase() !== 'url' || /^\s*["']/.test(css.slice(from + 1, from + 40))) return from;
  const end = css.indexOf(')', from);
  return end > 0 && !/[\\"'(\n]/.test(css.slice(from + 1, end)) ? end : -1;
}
