/** One piece of an HTML fragment: an allowed tag, or text. */
export type HtmlToken =
  | { readonly kind: 'open' | 'close' | 'void'; readonly tag: AllowedTag; readonly source: string }
  | { readonly kind: 'text'; readonly source: string };

/** The only elements that a model's HTML can become; attributes are never taken over. */
export type AllowedTag = 'br' | 'sub' | 'sup' | 'kbd' | 'details' | 'summary';

const TAG = /<(\/?)(br|sub|sup|kbd|details|summary)(?:\s+open)?\s*(\/?)>/gi;

/** Cuts an HTML fragment into allowed tags and text; whatever is not exactly an allowed tag is text. */
export function tokenizeHtml(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let end = 0;
  for (const match of html.matchAll(TAG)) {
    if (match.index > end) tokens.push({ kind: 'text', source: html.slice(end, match.index) });
    const tag = (match[2] ?? '').toLowerCase() as AllowedTag;
    const kind = tag === 'br' ? 'void' : match[1] === '/' ? 'close' : 'open';
    tokens.push({ kind, tag, source: match[0] });
    end = match.index + match[0].length;
  }
  if (end < html.length) tokens.push({ kind: 'text', source: html.slice(end) });
  return tokens;
}
