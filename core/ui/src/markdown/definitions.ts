import type { Nodes, Root } from 'mdast';

/** What a block may refer to although it stands elsewhere in the text. */
export interface Definitions {
  /** Sources of `[ref]: url` lines and of footnotes, the first of each name, in their order. */
  readonly sources: readonly string[];
  /** Names of footnotes in the order of their definitions; a footnote's number is its place here. */
  readonly footnotes: readonly string[];
}

/** No definition at all. */
export const noDefinitions: Definitions = { sources: [], footnotes: [] };

const visit = (node: Nodes, found: (node: Nodes) => void): void => {
  if (node.type === 'definition' || node.type === 'footnoteDefinition') found(node);
  else if ('children' in node) for (const child of node.children) visit(child, found);
};

/** The known definitions together with those of one parsed text; the same object when there is none new. */
export function addDefinitions(known: Definitions, tree: Root, source: string): Definitions {
  if (!source.includes(']:')) return known;
  const sources = [...known.sources];
  const footnotes = [...known.footnotes];
  visit(tree, (node) => {
    const [from, to] = [node.position?.start.offset, node.position?.end.offset];
    if (from === undefined || to === undefined) return;
    const text = source.slice(from, to);
    if (sources.includes(text)) return;
    sources.push(text);
    if (node.type === 'footnoteDefinition' && !footnotes.includes(node.identifier)) footnotes.push(node.identifier);
  });
  return sources.length === known.sources.length ? known : { sources, footnotes };
}

/** The source of a block followed by the definitions it may use; unchanged when it uses none. */
export function withDefinitions(source: string, definitions: Definitions): string {
  if (definitions.sources.length === 0 || !source.includes('[')) return source;
  return `${source}\n\n${definitions.sources.join('\n\n')}\n`;
}
