import { createElement, type CSSProperties, type ReactNode } from 'react';

// What KaTeX writes for boxes, drawn signs, and MathML; anything else is dropped with its content kept.
const ELEMENTS: ReadonlySet<string> = new Set(
  `span svg path line math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot munder mover
  munderover mtable mtr mtd mlabeledtr mpadded mphantom mstyle menclose merror mglyph`.split(/\s+/),
);
const ATTRIBUTES: Readonly<Record<string, string>> = {
  class: 'className',
  'aria-hidden': 'aria-hidden',
  viewBox: 'viewBox',
  preserveAspectRatio: 'preserveAspectRatio',
  width: 'width',
  height: 'height',
  d: 'd',
  x1: 'x1',
  x2: 'x2',
  y1: 'y1',
  y2: 'y2',
  'stroke-width': 'strokeWidth',
  xmlns: 'xmlns',
  encoding: 'encoding',
  display: 'display',
  mathvariant: 'mathvariant',
  stretchy: 'stretchy',
  fence: 'fence',
  separator: 'separator',
  lspace: 'lspace',
  rspace: 'rspace',
  minsize: 'minsize',
  maxsize: 'maxsize',
  accent: 'accent',
  accentunder: 'accentunder',
  linethickness: 'linethickness',
  scriptlevel: 'scriptlevel',
  displaystyle: 'displaystyle',
  columnalign: 'columnalign',
  columnspacing: 'columnspacing',
  columnlines: 'columnlines',
  rowspacing: 'rowspacing',
  rowlines: 'rowlines',
  mathcolor: 'mathcolor',
  movablelimits: 'movablelimits',
  symmetric: 'symmetric',
  notation: 'notation',
};

const toStyle = (text: string): CSSProperties =>
  Object.fromEntries(
    text
      .split(';')
      .map((rule) => rule.split(':'))
      .filter(([name = '', value = '']) => name.trim() !== '' && value.trim() !== '' && !value.includes('url('))
      .map(([name = '', value = '']) => [
        name.trim().replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value.trim(),
      ]),
  );

function toElement(node: ChildNode, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (!(node instanceof Element)) return undefined;
  const children = [...node.childNodes].map(toElement);
  if (!ELEMENTS.has(node.tagName)) return children;
  const props: Record<string, unknown> = { key };
  for (const { name, value } of node.attributes) {
    const known = ATTRIBUTES[name];
    if (known !== undefined) props[known] = value;
    else if (name === 'style') props['style'] = toStyle(value);
  }
  return createElement(node.tagName, props, ...children);
}

/**
 * KaTeX's markup as React elements.
 * It is read as XML, where a `style` is a mere text, and styles are set through the DOM: so it looks as KaTeX means it
 * under a content security policy without inline styles, and no string ever becomes markup of the page.
 * Gives `undefined` when the markup can't be read.
 */
export function toMathElements(markup: string): ReactNode | undefined {
  const { documentElement } = new DOMParser().parseFromString(markup, 'application/xml');
  if (documentElement.querySelector('parsererror') !== null || documentElement.tagName === 'parsererror')
    return undefined;
  return toElement(documentElement, 0);
}
