/** The roles of a piece of code; each has its colour token `--syntax-token-<role>`. */
export const codeRoles = [
  'comment',
  'keyword',
  'string',
  'string-expression',
  'function',
  'constant',
  'parameter',
  'punctuation',
  'link',
  'inserted',
  'deleted',
  'changed',
] as const;

/** The role of a piece of code. */
export type CodeRole = (typeof codeRoles)[number];

/** A piece of one line, with its role when it has one. */
export type CodeToken = readonly [text: string, role?: CodeRole];

/** One line of code, cut into pieces whose texts together are the line. */
export type CodeLine = readonly CodeToken[];

/** What the page asks of the worker. */
export interface HighlightRequest {
  readonly id: number;
  readonly code: string;
  readonly language: string;
}

/** What the worker answers; without `lines` the code stays plain. */
export interface HighlightReply {
  readonly id: number;
  readonly lines?: readonly CodeLine[];
}
