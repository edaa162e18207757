import { useId, useMemo, useState } from 'react';
import { joinClasses } from '../class-names.ts';
import { Block } from './block.tsx';
import { findOpenFence } from './fence.ts';
import { Footnotes } from './footnotes.tsx';
import { nestHtml } from './html-tree.ts';
import { MarkdownContext, type MarkdownRenderers } from './markdown-context.ts';
import styles from './markdown.module.css';
import { MarkdownSplitter } from './markdown-splitter.ts';
import { renderTree } from './render-nodes.tsx';
import { useThrottled } from './use-throttled.ts';

/** Props of `Markdown`. */
export interface MarkdownProps {
  /** The text so far; while `streaming` it may only grow. */
  readonly text: string;
  /** More text will follow: what is half written is completed, and only the tail is parsed. */
  readonly streaming?: boolean;
  /** What the host draws itself. Must be the same object from render to render. */
  readonly renderers?: MarkdownRenderers;
  /** Added to the level of headings, 2 by default, so that a model's "#" stands below the page's own headings. */
  readonly headingOffset?: number;
  readonly className?: string;
}

const LONG_TAIL = 4096;
const LONG_TAIL_INTERVAL_MS = 100;
const noRenderers: MarkdownRenderers = {};
const DETAILS = /^\s*<\/?details\b/i;

/** Markdown of a model as React elements: no HTML but a few harmless tags, no foreign image unasked, no unsafe address. */
export function Markdown({
  text,
  streaming = false,
  renderers = noRenderers,
  headingOffset = 2,
  className,
}: MarkdownProps) {
  const idPrefix = useId();
  const [splitter] = useState(() => new MarkdownSplitter());
  const [isTailLong, setTailLong] = useState(false);
  const shown = useThrottled(text, streaming && isTailLong, LONG_TAIL_INTERVAL_MS);
  const view = splitter.update(shown, !streaming);
  const isLong = view.tail.length > LONG_TAIL && findOpenFence(view.tail) === undefined;
  if (isLong !== isTailLong) setTailLong(isLong);
  const settings = useMemo(() => ({ renderers, headingOffset, idPrefix }), [renderers, headingOffset, idPrefix]);
  const blocks = view.tail === '' ? view.blocks : [...view.blocks, view.tail];
  const items = blocks.map((source, index) => ({ source, index }));
  const tree = nestHtml(items, ({ source }) => (DETAILS.test(source) ? source.trim() : undefined));
  return (
    <MarkdownContext value={settings}>
      <div className={joinClasses(styles.markdown, className)}>
        {renderTree(tree, ({ source, index }) => (
          <Block
            key={`block-${index}`}
            source={source}
            isTail={index === view.blocks.length}
            definitions={view.definitions}
          />
        ))}
        {view.definitions.footnotes.length === 0 ? undefined : <Footnotes definitions={view.definitions} />}
      </div>
    </MarkdownContext>
  );
}
