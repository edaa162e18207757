import { type AllowedTag, tokenizeHtml } from './inline-html.ts';

/** A sibling list in which pairs of allowed tags have become elements. */
export type HtmlTree<Item> =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'element'; readonly tag: AllowedTag; readonly children: readonly HtmlTree<Item>[] };

interface OpenElement<Item> {
  readonly tag: AllowedTag;
  readonly source: string;
  readonly children: HtmlTree<Item>[];
}

/**
 * Nests what stands between an opening and its closing tag.
 * A closing tag without its opening stays text. An opening one without its closing stays text too, except `details`,
 * which holds what follows, so that it can be shown while it is being written.
 */
export function nestHtml<Item>(items: readonly Item[], htmlOf: (item: Item) => string | undefined): HtmlTree<Item>[] {
  const root: HtmlTree<Item>[] = [];
  const stack: OpenElement<Item>[] = [];
  const current = () => stack.at(-1)?.children ?? root;
  const leave = () => {
    const open = stack.pop();
    if (open === undefined) return;
    if (open.tag === 'details') current().push({ kind: 'element', tag: open.tag, children: open.children });
    else current().push({ kind: 'text', text: open.source }, ...open.children);
  };
  for (const item of items) {
    const html = htmlOf(item);
    if (html === undefined) {
      current().push({ kind: 'item', item });
      continue;
    }
    for (const token of tokenizeHtml(html)) {
      if (token.kind === 'text') current().push({ kind: 'text', text: token.source });
      else if (token.kind === 'void') current().push({ kind: 'element', tag: token.tag, children: [] });
      else if (token.kind === 'open') stack.push({ tag: token.tag, source: token.source, children: [] });
      else if (stack.some((open) => open.tag === token.tag)) {
        while (stack.at(-1)?.tag !== token.tag) leave();
        const { tag, children } = stack.pop() as OpenElement<Item>;
        current().push({ kind: 'element', tag, children });
      } else current().push({ kind: 'text', text: token.source });
    }
  }
  while (stack.length > 0) leave();
  return root;
}
