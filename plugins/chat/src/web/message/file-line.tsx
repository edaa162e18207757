import type { FileRef } from '@parley/contracts';
import { FileTextIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './file-line.module.css';

/** A file that belongs to a message. */
export function FileLine({ file }: { readonly file: FileRef }) {
  return (
    <p className={styles.line} dir="auto">
      <FileTextIcon aria-label={messages.file} />
      {file.name}
    </p>
  );
}
