/** A fenced code block that has not been closed yet, found without parsing. */
export interface OpenFence {
  readonly language: string;
  readonly meta: string;
  readonly code: string;
}

const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n]*)\n/;

/** The fence that a text begins with and does not close, however long its code is; `undefined` when it is another text. */
export function findOpenFence(text: string): OpenFence | undefined {
  const opening = OPENING.exec(text);
  const [matched, marker = '', info = ''] = opening ?? [];
  if (matched === undefined || (marker.startsWith('`') && info.includes('`'))) return undefined;
  const body = text.slice(matched.length);
  const closing = new RegExp(`(?:^|\\n) {0,3}${marker[0]}{${marker.length},}[ \\t]*(?:\\n|$)`);
  if (closing.test(body)) return undefined;
  const [language = '', ...meta] = info.trim().split(/\s+/);
  return { language, meta: meta.join(' '), code: withoutPartialClosing(body, marker) };
}

/** Drops a last line that may become the closing fence, so that its marks never flash inside the code. */
function withoutPartialClosing(body: string, marker: string): string {
  const lineStart = body.lastIndexOf('\n') + 1;
  const last = body.slice(lineStart).trim();
  const isPartial = last !== '' && last.length < marker.length && marker.startsWith(last);
  return isPartial ? body.slice(0, Math.max(lineStart - 1, 0)) : body.replace(/\n$/, '');
}
