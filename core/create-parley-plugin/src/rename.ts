import { STYLES } from './names.ts';
import type { Words } from './names.ts';

/** Texts of code, comments, and all between them. */
const PIECES = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** Puts the name of a new plugin in the place of a template's word. */
export interface Renaming {
  /** The content of one file of the template under its new name. */
  content(path: string, content: string): string;
  /** The path of one file of the template under its new name. */
  path(path: string): string;
}

interface RenamingOptions {
  /** True when the word, in small letters, is the plugin's id wherever it stands; otherwise it is a word of prose too. */
  readonly isId?: boolean;
}

/** Renames `word` and its forms, in the middle of identifiers too, but not inside of other words: `denote` holds no `note`. */
export function createRenaming(word: string, words: Words, { isId = false }: RenamingOptions = {}): Renaming {
  const [upper, capital] = [word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
  const name = new RegExp(`${upper}S?(?![A-Za-z])|${capital}s?(?![a-z])|(?<![a-z])${word}s?(?![a-z])`, 'g');
  const formOf = (match: string): readonly string[] => (/s$/i.test(match) ? words.plural : words.singular);
  const isUpper = (match: string): boolean => match === match.toUpperCase();
  const isCapital = (match: string): boolean => match.charAt(0) === capital.charAt(0);

  /** In code a name is part of an identifier. */
  const inCode = (match: string): string => {
    if (isUpper(match)) return STYLES.upper(formOf(match));
    return isCapital(match) ? STYLES.pascal(formOf(match)) : STYLES.camel(formOf(match));
  };

  /** In prose it is a word, unless it touches something that only identifiers and paths touch. */
  const inProse = (text: string): string =>
    text.replace(name, (match: string, at: number) => {
      const form = formOf(match);
      const before = text.charAt(at - 1);
      const after = text.charAt(at + match.length);
      if (isUpper(match)) return STYLES.upper(form);
      if (/[A-Za-z0-9$]/.test(before) || /[A-Z0-9$]/.test(after)) return inCode(match);
      if (isCapital(match)) return STYLES.sentence(form);
      const isPath =
        /[/\-.@:_`]/.test(before) ||
        /[/\-@_`]/.test(after) ||
        (after === '.' && /[a-z]/.test(text.charAt(at + match.length + 1)));
      return isId || isPath ? STYLES.kebab(form) : STYLES.prose(form);
    });

  /** A text of code without a space is an id or a path, with one it is prose. */
  const inText = (text: string): string => {
    if (/\s/.test(text.slice(1, -1))) return inProse(text);
    return text.replace(name, (match: string, at: number) => {
      const form = formOf(match);
      if (isUpper(match)) return STYLES.upper(form);
      if (/^[A-Z]/.test(text.charAt(at + match.length)) || /[A-Za-z]/.test(text.charAt(at - 1))) return inCode(match);
      return isCapital(match) ? STYLES.sentence(form) : STYLES.kebab(form);
    });
  };

  const inSource = (content: string): string => {
    let renamed = '';
    let end = 0;
    for (const { 0: piece, index } of content.matchAll(PIECES)) {
      renamed += content.slice(end, index).replace(name, inCode);
      renamed += piece.startsWith('/') ? inProse(piece) : inText(piece);
      end = index + piece.length;
    }
    return renamed + content.slice(end).replace(name, inCode);
  };

  const toKebab = (text: string): string => text.replace(name, (match) => STYLES.kebab(formOf(match)));
  return {
    path: toKebab,
    content(path, content) {
      if (path.endsWith('.css')) return toKebab(content);
      if (path.endsWith('.md')) return inProse(content);
      if (path.endsWith('.json')) return content.replace(/"(?:[^"\\]|\\.)*"/g, inText);
      return inSource(content);
    },
  };
}
