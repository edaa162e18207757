import { hash } from 'node:crypto';
import type { SearchDocument } from '@parley/contracts';
import type { Clause, ParsedQuery } from '@parley/search-text';
import { tokensOf } from '@parley/search-text';

/**
 * What stands in the full-text table. Every token begins with the code of its owner, so that a word's list holds the
 * documents of one person: a search costs what that person's documents cost, and can not meet anybody else's.
 */
const CODE_LENGTH = 5;
/** Begins tokens that are no words of a text; nothing that people type comes to it. */
const FACT = '·';
/** Lengths of word beginnings that have lists of their own: one to three letters after the owner's code. */
export const PREFIX_LENGTHS = [1, 2, 3].map((length) => CODE_LENGTH + length);

/** The code of an owner by its number. */
export const ownerCode = (owner: number): string => owner.toString(36).padStart(CODE_LENGTH, '0');

type Fact = readonly [kind: 'collection' | 'parent' | 'tag', ...values: string[]];

const toFact = (code: string, fact: Fact): string =>
  `${FACT}${code}${hash('sha256', JSON.stringify(fact), 'hex').slice(0, 20)}`;

/** Everything a search may be narrowed to. */
export interface Facts {
  readonly collection?: string;
  readonly parentId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const factsOf = ({ collection, parentId, tags = {} }: Facts): Fact[] => [
  ...(collection === undefined ? [] : [['collection', collection] as const]),
  ...(parentId === undefined ? [] : [['parent', parentId] as const]),
  ...Object.entries(tags).map(([name, value]) => ['tag', name, value] as const),
];

/** What is indexed of a document. */
export function toTerms(owner: number, document: SearchDocument): string {
  const code = ownerCode(owner);
  const terms: string[] = [];
  for (const text of Object.values(document.text)) {
    for (const token of tokensOf(text)) terms.push(code + token.text);
    // Nothing stands side by side across two fields.
    terms.push(FACT);
  }
  terms.push(...factsOf(document).map((fact) => toFact(code, fact)));
  return terms.join(' ');
}

const toPhrase = (code: string, { tokens, isPrefix }: Clause): string =>
  `"${tokens.map((token) => code + token).join(' ')}"${isPrefix ? ' *' : ''}`;

/** The expression for the full-text table; tokens hold letters and digits only, so nothing in it is anybody's syntax. */
export function toMatch(owner: number, { wanted, unwanted }: ParsedQuery, facts: Facts): string {
  const code = ownerCode(owner);
  const all = [
    ...wanted.map((clause) => toPhrase(code, clause)),
    ...factsOf(facts).map((fact) => `"${toFact(code, fact)}"`),
  ];
  const none = unwanted.map((clause) => toPhrase(code, clause));
  return none.length === 0 ? all.join(' AND ') : `(${all.join(' AND ')}) NOT (${none.join(' OR ')})`;
}
