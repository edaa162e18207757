import { STYLES } from './names.ts';
import type { Words } from './names.ts';

/** `note` and its forms, in the middle of identifiers too, but not inside other words such as `denote`. */
const NAME = /NOTES?(?![A-Za-z])|Notes?(?![a-z])|(?<![a-z])notes?(?![a-z])/g;
/** Texts of code, comments, and all between them. */
const PIECES = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

const wordOf = (match: string, words: Words): readonly string[] => (/s$/i.test(match) ? words.plural : words.singular);

/** In code a name is part of an identifier. */
const inCode = (match: string, words: Words): string => {
  const form = wordOf(match, words);
  if (match === match.toUpperCase()) return STYLES.upper(form);
  return match.startsWith('N') ? STYLES.pascal(form) : STYLES.camel(form);
};

/** In prose it is a word, unless it touches something that only identifiers and paths touch. */
const inProse = (text: string, words: Words): string =>
  text.replace(NAME, (match: string, at: number) => {
    const form = wordOf(match, words);
    const before = text.charAt(at - 1);
    const after = text.charAt(at + match.length);
    if (match === match.toUpperCase()) return STYLES.upper(form);
    if (/[A-Za-z0-9$]/.test(before) || /[A-Z0-9$]/.test(after)) return inCode(match, words);
    if (match.startsWith('N')) return STYLES.sentence(form);
    const isPath =
      /[/\-.@:_`]/.test(before) ||
      /[/\-@_`]/.test(after) ||
      (after === '.' && /[a-z]/.test(text.charAt(at + match.length + 1)));
    return isPath ? STYLES.kebab(form) : STYLES.prose(form);
  });

/** A text of code without a space is an id or a path, with one it is prose. */
const inText = (text: string, words: Words): string => {
  if (/\s/.test(text.slice(1, -1))) return inProse(text, words);
  return text.replace(NAME, (match: string, at: number) => {
    const form = wordOf(match, words);
    if (match === match.toUpperCase()) return STYLES.upper(form);
    if (/^[A-Z]/.test(text.charAt(at + match.length)) || /[A-Za-z]/.test(text.charAt(at - 1)))
      return inCode(match, words);
    return match.startsWith('N') ? STYLES.sentence(form) : STYLES.kebab(form);
  });
};

/** The content of one file of the template under its new name. */
export function renameContent(path: string, content: string, words: Words): string {
  if (path.endsWith('.css')) return content.replace(NAME, (match) => STYLES.kebab(wordOf(match, words)));
  if (path.endsWith('.md')) return inProse(content, words);
  if (path.endsWith('.json')) return content.replace(/"(?:[^"\\]|\\.)*"/g, (text) => inText(text, words));
  let renamed = '';
  let end = 0;
  for (const { 0: piece, index } of content.matchAll(PIECES)) {
    renamed += content.slice(end, index).replace(NAME, (match) => inCode(match, words));
    renamed += piece.startsWith('/') ? inProse(piece, words) : inText(piece, words);
    end = index + piece.length;
  }
  return renamed + content.slice(end).replace(NAME, (match) => inCode(match, words));
}

/** The path of one file of the template under its new name. */
export const renamePath = (path: string, words: Words): string =>
  path.replace(NAME, (match) => STYLES.kebab(wordOf(match, words)));
