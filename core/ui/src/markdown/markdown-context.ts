import { createContext, type ReactNode } from 'react';

/** A fenced code block, as an own renderer gets it. */
export interface MarkdownFence {
  /** First word after the fence, in lower case; empty when there is none. */
  readonly language: string;
  /** The rest of that line. */
  readonly meta: string;
  readonly code: string;
  /** False while the model is still writing it. */
  readonly isClosed: boolean;
}

/** What a host draws itself. */
export interface MarkdownRenderers {
  /** Draws a fenced block, or gives `undefined` to leave it to the kit. Must be the same function from render to render. */
  readonly fence?: (fence: MarkdownFence) => ReactNode | undefined;
}

/** What every block of one markdown text shares. */
export interface MarkdownSettings {
  readonly renderers: MarkdownRenderers;
  /** Added to the level of headings, so that they stand below those of the page. */
  readonly headingOffset: number;
  /** Makes the ids of footnotes unique on the page. */
  readonly idPrefix: string;
}

/** Holds the settings of the surrounding `Markdown`. */
export const MarkdownContext = createContext<MarkdownSettings>({ renderers: {}, headingOffset: 0, idPrefix: '' });
