import { useContext } from 'react';
import { useUiMessages } from '../provider/messages.ts';
import { MarkdownContext } from './markdown-context.ts';
import styles from './markdown.module.css';

/** Props of `FootnoteLink`. */
export interface FootnoteLinkProps {
  readonly name: string;
  /** Its place among the footnotes, from 1. */
  readonly number: number;
}

/** The raised number that leads to a footnote. */
export function FootnoteLink({ name, number }: FootnoteLinkProps) {
  const messages = useUiMessages();
  const { idPrefix } = useContext(MarkdownContext);
  return (
    <sup className={styles.footnoteLink}>
      <a id={`${idPrefix}-use-${name}`} href={`#${idPrefix}-note-${name}`} aria-label={messages.footnote(number)}>
        {number}
      </a>
    </sup>
  );
}
