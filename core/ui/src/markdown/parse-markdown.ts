import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { bracketMath } from './bracket-math.ts';

const extensions = [gfm(), math(), bracketMath];
const mdastExtensions = [gfmFromMarkdown(), mathFromMarkdown()];

/** The tree of a markdown text: CommonMark, GFM, and math in `$`, `$$`, `\(` and `\[`. Any text has one; it never throws. */
export function parseMarkdown(source: string): Root {
  return fromMarkdown(source, { extensions, mdastExtensions });
}
