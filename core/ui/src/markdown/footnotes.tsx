import type { FootnoteDefinition } from 'mdast';
import { memo, useContext } from 'react';
import { useUiMessages } from '../provider/messages.ts';
import type { Definitions } from './definitions.ts';
import { MarkdownContext } from './markdown-context.ts';
import styles from './markdown.module.css';
import { parseMarkdown } from './parse-markdown.ts';
import { renderNodes } from './render-nodes.tsx';

/** Props of `Footnotes`. */
export interface FootnotesProps {
  readonly definitions: Definitions;
}

/** The notes at the end of a text, each with a way back. */
export const Footnotes = memo(function Footnotes({ definitions }: FootnotesProps) {
  const messages = useUiMessages();
  const { idPrefix } = useContext(MarkdownContext);
  const source = definitions.sources.join('\n\n');
  const notes = parseMarkdown(source).children.filter(
    (node): node is FootnoteDefinition => node.type === 'footnoteDefinition',
  );
  const scope = { source, definitions: new Map(), footnotes: definitions.footnotes, isClosed: true, isNested: true };
  return (
    <section className={styles.footnotes} aria-label={messages.footnotes}>
      <ol dir="auto">
        {notes.map(({ identifier, children }) => (
          <li key={identifier} id={`${idPrefix}-note-${identifier}`}>
            {renderNodes(children, scope)}
            <a href={`#${idPrefix}-use-${identifier}`} aria-label={messages.backToText}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
});
