import { type ReactNode, useContext } from 'react';
import { MarkdownContext } from './markdown-context.ts';
import styles from './markdown.module.css';

/** Props of `Heading`. */
export interface HeadingProps {
  /** Level in the markdown text, 1 to 6. */
  readonly depth: 1 | 2 | 3 | 4 | 5 | 6;
  readonly children: ReactNode;
}

const tags = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** A heading that looks like its level in the text and stands below the headings of the page. */
export function Heading({ depth, children }: HeadingProps) {
  const { headingOffset } = useContext(MarkdownContext);
  const Tag = tags[Math.min(depth + headingOffset, 6) - 1] ?? 'h6';
  return (
    <Tag dir="auto" className={styles[`heading${Math.min(depth, 4)}`]}>
      {children}
    </Tag>
  );
}
