import { useEffect, useState } from 'react';
import type { CodeLine } from './highlight-protocol.ts';
import { findGrammar } from './languages.ts';
import { pageHighlighter } from './page-highlighter.ts';

interface Highlighted {
  readonly code: string;
  readonly lines: readonly CodeLine[];
}

/** The coloured lines of settled code, as soon as the worker has them; `undefined` until then and for unknown languages. */
export function useHighlight(code: string, language: string, isSettled: boolean): readonly CodeLine[] | undefined {
  const [highlighted, setHighlighted] = useState<Highlighted>();
  const known = isSettled ? pageHighlighter.find(code, language) : undefined;
  useEffect(() => {
    if (!isSettled || known !== undefined || findGrammar(language) === undefined) return undefined;
    let isCurrent = true;
    const colour = async () => {
      const lines = await pageHighlighter.highlight(code, language);
      if (isCurrent && lines !== undefined) setHighlighted({ code, lines });
    };
    void colour();
    return () => {
      isCurrent = false;
    };
  }, [code, language, isSettled, known]);
  return known ?? (highlighted?.code === code ? highlighted.lines : undefined);
}
