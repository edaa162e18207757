import 'katex/dist/katex.min.css';
import { renderToString } from 'katex';

// Limits on what a model's formula may cost, and no command that makes links, classes or images.
const OPTIONS = {
  trust: false,
  maxExpand: 200,
  maxSize: 20,
  output: 'htmlAndMathml',
  throwOnError: false,
  strict: 'ignore',
} as const;

/** KaTeX's markup of a formula; one that it can't read comes back as its own text, marked. */
export function toMathMarkup(source: string, isDisplay: boolean): string {
  return renderToString(source, { ...OPTIONS, displayMode: isDisplay });
}
