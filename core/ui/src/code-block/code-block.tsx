import { useId, useState } from 'react';
import { Button } from '../button/button.tsx';
import { IconButton } from '../button/icon-button.tsx';
import { joinClasses } from '../class-names.ts';
import { CopyButton } from '../copy-button/copy-button.tsx';
import { WrapTextIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import styles from './code-block.module.css';
import { CodeLines } from './code-lines.tsx';
import { useFollowEnd } from './use-follow-end.ts';
import { useHighlight } from './use-highlight.ts';

/** Props of `CodeBlock`. */
export interface CodeBlockProps {
  readonly code: string;
  /** Name or alias of the language, in lower case; unknown ones stay plain. */
  readonly language?: string;
  /** False while the code still grows: it is copied as it stands and coloured later. True by default. */
  readonly isClosed?: boolean;
}

/** Lines beyond which a block is longer than the 480 px it may take unasked. */
const FOLDED_LINES = 21;

const countLines = (code: string) => code.split('\n', FOLDED_LINES + 2).length;

/** A block of code: language, copy, wrap, at most 480 px unless opened; left to right in every language. */
export function CodeBlock({ code, language = '', isClosed = true }: CodeBlockProps) {
  const messages = useUiMessages();
  const titleId = useId();
  const [isWrapped, setWrapped] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const lines = useHighlight(code, language, isClosed);
  const isLong = countLines(code) > FOLDED_LINES;
  const box = useFollowEnd<HTMLPreElement>(!isClosed && !isOpen);
  return (
    <figure className={styles.figure} dir="ltr">
      <figcaption className={styles.header}>
        <span id={titleId} className={styles.language}>
          {language === '' ? messages.code : language}
        </span>
        <IconButton
          size="small"
          label={messages.wrapLines}
          aria-pressed={isWrapped}
          onPress={() => setWrapped(!isWrapped)}
        >
          <WrapTextIcon />
        </IconButton>
        <CopyButton text={code} isLabelled />
      </figcaption>
      <pre
        ref={box}
        className={joinClasses(styles.box, isWrapped && styles.wrapped, isLong && !isOpen && styles.folded)}
        role="group"
        aria-labelledby={titleId}
        // A scrolling area must be reachable by keyboard.
        tabIndex={0}
      >
        <code>{lines === undefined ? code : <CodeLines lines={lines} />}</code>
      </pre>
      {isLong ? (
        <div className={styles.footer}>
          <Button variant="quiet" size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {isOpen ? messages.collapse : messages.expand}
          </Button>
        </div>
      ) : undefined}
    </figure>
  );
}
