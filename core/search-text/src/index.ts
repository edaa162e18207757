/** What plugins of search indexes share, so that each finds the same: words of any language, queries, snippets, scores. */
export { checkQuery, readAfter, toAfter } from './check-query.ts';
export { fold } from './fold.ts';
export { parseQuery } from './parse-query.ts';
export type { Clause, ParsedQuery } from './parse-query.ts';
export { scoreOf, weightOf } from './score.ts';
export { hasMatch, toSnippet } from './snippet.ts';
export { tokensOf } from './tokens.ts';
export type { Token } from './tokens.ts';
