import { useEffect, useState } from 'react';
import { joinClasses } from '../class-names.ts';
import styles from './markdown.module.css';
import { toMathElements } from './math-elements.ts';

/** Props of `MathView`. */
export interface MathViewProps {
  /** The formula in TeX. */
  readonly source: string;
  /** On a line of its own. */
  readonly isDisplay: boolean;
}

type ToMathMarkup = (source: string, isDisplay: boolean) => string;
let loaded: ToMathMarkup | undefined;
const load = async () => {
  loaded ??= (await import('./math-markup.ts')).toMathMarkup;
};

/** A formula. KaTeX comes with the first one on the page; until then, and where it fails, the TeX source stands in its place. */
export function MathView({ source, isDisplay }: MathViewProps) {
  const [toMarkup, setToMarkup] = useState<ToMathMarkup | undefined>(() => loaded);
  useEffect(() => {
    if (toMarkup !== undefined) return undefined;
    let isCurrent = true;
    void load().then(
      () => isCurrent && setToMarkup(() => loaded),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [toMarkup]);
  const elements = toMarkup === undefined ? undefined : toMathElements(toMarkup(source, isDisplay));
  return (
    <span className={joinClasses(styles.math, isDisplay && styles.displayMath)} dir="ltr">
      {elements ?? <code>{source}</code>}
    </span>
  );
}
