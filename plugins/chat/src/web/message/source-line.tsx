import type { CitationPart, FileRef } from '@parley/contracts';
import { ExternalLinkIcon, FileTextIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './source-line.module.css';

/** A source that an answer rests on. */
export function CitationLine({ part }: { readonly part: CitationPart }) {
  return (
    <p className={styles.line} dir="auto">
      <ExternalLinkIcon aria-label={messages.source} />
      {part.url === undefined ? (
        part.title
      ) : (
        <a href={part.url} target="_blank" rel="noopener noreferrer">
          {part.title}
        </a>
      )}
      {part.quote === undefined ? undefined : <q>{part.quote}</q>}
    </p>
  );
}

/** A file that belongs to a message. */
export function FileLine({ file }: { readonly file: FileRef }) {
  return (
    <p className={styles.line} dir="auto">
      <FileTextIcon aria-label={messages.file} />
      {file.name}
    </p>
  );
}
