import type { SourceFile } from './sources.ts';
import { sources } from './sources.ts';

/** The source of an exported interface or type with its comment; `undefined` when there is none of this name. */
export function findType(name: string, near: SourceFile): string | undefined {
  for (const { text } of [near, ...sources]) {
    const start = text.search(new RegExp(`^export (interface|type) ${name}\\b`, 'm'));
    if (start >= 0) return text.slice(start, endOfDeclaration(text, start)).replace(/^export /, '');
  }
  return undefined;
}

/** A type and every type of the same file that it names, directly or not, in the order they are named. */
export function findTypes(name: string, file: SourceFile): readonly string[] {
  const found = new Map<string, string>();
  const add = (next: string): void => {
    if (found.has(next) || !new RegExp(`^export (interface|type) ${next}\\b`, 'm').test(file.text)) return;
    const source = findType(next, file) ?? '';
    found.set(next, source);
    for (const [word] of source.matchAll(/\b[A-Z]\w+/g)) add(word);
  };
  add(name);
  return [...found.values()];
}

/** The end of a declaration: where its braces are closed and its line, or its statement, ends. */
function endOfDeclaration(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '{' || mark === '(') depth += 1;
    if (mark === '}' || mark === ')') depth -= 1;
    if (depth === 0 && mark === '}' && text.startsWith('interface', start + 7)) return at + 1;
    if (depth === 0 && mark === ';') return at + 1;
  }
  return text.length;
}

/** The type in `<...>` or `z.custom<...>()` that follows `key:` in the definition of `name`. */
export function customTypeOf(name: string, key: string, { text }: SourceFile): string | undefined {
  const definition = text.slice(text.indexOf(`export const ${name} `));
  const [own = ''] = /^[\s\S]*?\n\}\);/.exec(definition) ?? [];
  return new RegExp(`${key}: z\\.custom<([\\s\\S]*?)>\\(\\)`).exec(own)?.[1];
}

/** The fields of `props: z.object({ ... })` as they are written. */
export function propsOf(name: string, { text }: SourceFile): string {
  const definition = text.slice(text.indexOf(`export const ${name} `));
  const [, fields] =
    /props: z\.object\(\{([\s\S]*?)\}\),?\n/.exec(definition.slice(0, definition.indexOf('\n});') + 1)) ?? [];
  return fields === undefined
    ? '{}'
    : `{ ${fields
        .replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
        .replaceAll(/\s+/g, ' ')
        .trim()
        .replace(/,$/, '')} }`;
}

/** The comment before `export const name`, one paragraph. */
export function commentOf(name: string, { text }: SourceFile): string {
  const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name}\\b`).exec(text) ?? [];
  return plainComment(comment);
}

/** A comment without its marks and its tags. */
export const plainComment = (comment: string): string =>
  comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replace(/@(example|throws|see)[\s\S]*$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
