import type { AlignType, Definition, ListItem, Nodes, Parents, RootContent } from 'mdast';
import type { ReactNode } from 'react';
import { CodeFence } from './code-fence.tsx';
import { FootnoteLink } from './footnote-link.tsx';
import { Heading } from './heading.tsx';
import { type HtmlTree, nestHtml } from './html-tree.ts';
import styles from './markdown.module.css';
import { MathView } from './math-view.tsx';
import { RemoteImage } from './remote-image.tsx';
import { SafeLink } from './safe-link.tsx';
import { TableFrame } from './table-frame.tsx';
import { TaskMark } from './task-mark.tsx';

/** What the nodes of one block need to know beyond themselves. */
export interface RenderScope {
  /** The text that was parsed, for what the tree does not keep. */
  readonly source: string;
  /** `[ref]: url` definitions by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Names of footnotes in the order of their numbers. */
  readonly footnotes: readonly string[];
  /** False while the last fence of the block is still being written. */
  readonly isClosed: boolean;
  /** Inside a list, a quote or a table, whose direction holds for all of it. */
  readonly isNested?: boolean;
}

/**
 * A block takes the direction of its own text. What is nested must not ask again: `dir=auto` reads no text that stands
 * under another `dir`, so a list whose items had one would never see a right-to-left letter.
 */
const direction = (scope: RenderScope) => (scope.isNested ? {} : { dir: 'auto' });
const nested = (scope: RenderScope): RenderScope => (scope.isNested ? scope : { ...scope, isNested: true });

/** Nodes as React elements. No part of a model's text ever becomes markup except through this table. */
export function renderNodes(nodes: readonly Nodes[], scope: RenderScope): ReactNode[] {
  return renderTree(
    nestHtml(nodes, (node) => (node.type === 'html' ? node.value : undefined)),
    (node, key) => renderNode(node, key, scope),
  );
}

/** A tree of allowed HTML elements as React elements. */
export function renderTree<Item>(
  tree: readonly HtmlTree<Item>[],
  renderItem: (item: Item, key: number) => ReactNode,
): ReactNode[] {
  return tree.map((part, key) => {
    if (part.kind === 'item') return renderItem(part.item, key);
    if (part.kind === 'text') return part.text;
    if (part.tag === 'br') return <br key={key} />;
    const { tag: Tag } = part;
    return (
      <Tag key={key} {...(Tag === 'summary' ? { dir: 'auto' } : {})}>
        {renderTree(part.children, renderItem)}
      </Tag>
    );
  });
}

const childrenOf = (node: Parents, scope: RenderScope) => renderNodes(node.children, scope);

/** The first character after a node, for telling a price from math. */
const characterAfter = (node: Nodes, { source }: RenderScope) =>
  source[node.position?.end.offset ?? source.length] ?? '';
const sourceOf = (node: Nodes, { source }: RenderScope) =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);

/** `$5 to $10` is prices: math has no space inside its dollars, and no digit after them. */
function isPrice(node: Nodes, scope: RenderScope): boolean {
  const text = sourceOf(node, scope);
  if (!/^\$[^$]/.test(text)) return false;
  return /^\$\s|\s\$$/.test(text) || /\d/.test(characterAfter(node, scope));
}

function renderInlineMath(
  node: Extract<RootContent, { type: 'inlineMath' }>,
  key: number,
  scope: RenderScope,
): ReactNode {
  if (isPrice(node, scope)) return sourceOf(node, scope);
  return <MathView key={key} source={node.value} isDisplay={/^(?:\\\[|\$\$)/.test(sourceOf(node, scope))} />;
}

function renderReference(node: Extract<Nodes, { identifier: string }>, key: number, scope: RenderScope): ReactNode {
  const definition = scope.definitions.get(node.identifier);
  if (node.type === 'imageReference')
    return <RemoteImage key={key} source={definition?.url ?? ''} alt={node.alt ?? ''} />;
  if (node.type !== 'linkReference') return undefined;
  return (
    <SafeLink key={key} href={definition?.url ?? ''}>
      {childrenOf(node, scope)}
    </SafeLink>
  );
}

function renderTable(node: Extract<Nodes, { type: 'table' }>, key: number, scope: RenderScope): ReactNode {
  const alignOf = (column: number): AlignType => node.align?.[column] ?? null;
  const rows = node.children.map((row, rowKey) => (
    <tr key={rowKey}>
      {row.children.map((cell, column) => {
        const Cell = rowKey === 0 ? 'th' : 'td';
        const align = alignOf(column);
        const look = align === 'center' ? styles.center : align === 'right' ? styles.end : undefined;
        return (
          <Cell key={column} className={look} {...(rowKey === 0 ? { scope: 'col' } : {})}>
            {childrenOf(cell, nested(scope))}
          </Cell>
        );
      })}
    </tr>
  ));
  return (
    <TableFrame key={key}>
      <thead>{rows.slice(0, 1)}</thead>
      <tbody>{rows.slice(1)}</tbody>
    </TableFrame>
  );
}

/** The items of a tight list hold their text directly. */
const withoutParagraphs = (item: ListItem): Nodes[] =>
  item.children.flatMap((child): readonly Nodes[] => (child.type === 'paragraph' ? child.children : [child]));

function renderList(node: Extract<Nodes, { type: 'list' }>, key: number, scope: RenderScope): ReactNode {
  const isLoose = node.spread || node.children.some((item) => item.spread);
  const items = node.children.map((item, itemKey) => (
    <li key={itemKey} className={item.checked == null ? undefined : styles.task}>
      {item.checked == null ? undefined : <TaskMark isDone={item.checked} />}
      {renderNodes(isLoose ? item.children : withoutParagraphs(item), nested(scope))}
    </li>
  ));
  if (!node.ordered)
    return (
      <ul key={key} {...direction(scope)}>
        {items}
      </ul>
    );
  return (
    <ol key={key} {...direction(scope)} {...(node.start == null || node.start === 1 ? {} : { start: node.start })}>
      {items}
    </ol>
  );
}

function renderNode(node: Nodes, key: number, scope: RenderScope): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return (
        <p key={key} {...direction(scope)}>
          {childrenOf(node, scope)}
        </p>
      );
    case 'heading':
      return (
        <Heading key={key} depth={node.depth}>
          {childrenOf(node, scope)}
        </Heading>
      );
    case 'strong':
      return <strong key={key}>{childrenOf(node, scope)}</strong>;
    case 'emphasis':
      return <em key={key}>{childrenOf(node, scope)}</em>;
    case 'delete':
      return <del key={key}>{childrenOf(node, scope)}</del>;
    case 'inlineCode':
      return (
        <code key={key} dir="ltr">
          {node.value}
        </code>
      );
    case 'code':
      return (
        <CodeFence
          key={key}
          language={node.lang ?? ''}
          meta={node.meta ?? ''}
          code={node.value}
          isClosed={scope.isClosed}
        />
      );
    case 'link':
      return (
        <SafeLink key={key} href={node.url}>
          {childrenOf(node, scope)}
        </SafeLink>
      );
    case 'image':
      return <RemoteImage key={key} source={node.url} alt={node.alt ?? ''} />;
    case 'linkReference':
    case 'imageReference':
      return renderReference(node, key, scope);
    case 'list':
      return renderList(node, key, scope);
    case 'blockquote':
      return (
        <blockquote key={key} {...direction(scope)}>
          {childrenOf(node, nested(scope))}
        </blockquote>
      );
    case 'thematicBreak':
      return <hr key={key} />;
    case 'break':
      return <br key={key} />;
    case 'table':
      return renderTable(node, key, scope);
    case 'inlineMath':
      return renderInlineMath(node, key, scope);
    case 'math':
      return <MathView key={key} source={node.value} isDisplay />;
    case 'footnoteReference':
      return <FootnoteLink key={key} name={node.identifier} number={scope.footnotes.indexOf(node.identifier) + 1} />;
    default:
      // Definitions say nothing by themselves; footnotes stand at the end of the text.
      return undefined;
  }
}
