import type { CitationPart } from '@parley/contracts';
import styles from './sources.module.css';
import { siteOf } from './use-citations.ts';

/** A source and its number. */
export interface SourceProps {
  readonly source: CitationPart;
  readonly number: number;
}

/** One source in full: title, site, and the words the answer rests on. */
export function SourceEntry({ source, number }: SourceProps) {
  const site = siteOf(source);
  return (
    <div className={styles.entry} dir="auto">
      <span className={styles.number}>{number}</span>
      <div className={styles.words}>
        {source.url === undefined ? (
          <span className={styles.title}>{source.title}</span>
        ) : (
          <a href={source.url} target="_blank" rel="noopener noreferrer" className={styles.title}>
            {source.title}
          </a>
        )}
        {site === undefined || site === source.title ? undefined : <span className={styles.from}>{site}</span>}
        {source.quote === undefined ? undefined : <q className={styles.quote}>{source.quote}</q>}
      </div>
    </div>
  );
}
