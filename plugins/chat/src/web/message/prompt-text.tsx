import { Button } from '@parley/ui/button';
import { useState } from 'react';
import { messages } from '../messages.ts';
import styles from './prompt-text.module.css';

/** A prompt beyond this many characters or lines is folded, so that the answer stays near. */
const FOLD_CHARACTERS = 1_800;
const FOLD_LINES = 18;

/** The words of a prompt as they were typed; a long one folded. */
export function PromptText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > FOLD_CHARACTERS || text.split('\n', FOLD_LINES + 1).length > FOLD_LINES;
  return (
    <>
      <p className={`${styles.text} ${isLong && !isWhole ? styles.folded : ''}`} dir="auto">
        {text}
      </p>
      {isLong ? (
        <Button variant="quiet" size="small" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? messages.showLess : messages.showAll}
        </Button>
      ) : undefined}
    </>
  );
}
