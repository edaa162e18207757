import type { Definition, Root } from 'mdast';
import { memo } from 'react';
import remend from 'remend';
import { type Definitions, withDefinitions } from './definitions.ts';
import { findOpenFence } from './fence.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { renderNodes } from './render-nodes.tsx';

/** Props of `Block`. */
export interface BlockProps {
  readonly source: string;
  /** The last block of a text that still grows: what is half written is completed before it is parsed. */
  readonly isTail: boolean;
  readonly definitions: Definitions;
}

const REMEND = { linkMode: 'text-only', singleTilde: false } as const;

const definitionsOf = (tree: Root): Map<string, Definition> => {
  const found = new Map<string, Definition>();
  for (const node of tree.children) {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  }
  return found;
};

/** A whole block as elements. */
function renderBlock({ source, isTail, definitions }: BlockProps) {
  const fence = isTail ? findOpenFence(source) : undefined;
  if (fence !== undefined) {
    const node = { type: 'code', lang: fence.language, meta: fence.meta, value: fence.code } as const;
    return renderNodes([node], { source, definitions: new Map(), footnotes: [], isClosed: false });
  }
  const completed = isTail ? remend(source, REMEND) : source;
  const parsed = withDefinitions(completed, definitions);
  const tree = parseMarkdown(parsed);
  const own = tree.children.filter((node) => (node.position?.start.offset ?? 0) < completed.length);
  const elements = renderNodes(own, {
    source: parsed,
    definitions: definitionsOf(tree),
    footnotes: definitions.footnotes,
    isClosed: !isTail,
  });
  const isHtml = own.length > 0 && own.every((node) => node.type === 'html');
  return isHtml ? <div dir="auto">{elements}</div> : elements;
}

/** One top-level block. It renders again only when its source changes, or a definition that it uses. */
export const Block = memo(renderBlock, (before, after) => {
  if (before.source !== after.source || before.isTail !== after.isTail) return false;
  return before.definitions === after.definitions || !after.source.includes('[');
});
