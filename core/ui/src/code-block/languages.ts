import type { GrammarName } from './grammars.ts';

// Names that models write after a fence, and the grammar that reads them.
const grammars: Readonly<Record<string, GrammarName>> = {
  bash: 'bash',
  c: 'c',
  'c++': 'cpp',
  cc: 'cpp',
  cjs: 'javascript',
  console: 'bash',
  cpp: 'cpp',
  css: 'css',
  diff: 'diff',
  go: 'go',
  golang: 'go',
  h: 'c',
  hpp: 'cpp',
  htm: 'html',
  html: 'html',
  java: 'java',
  javascript: 'javascript',
  js: 'javascript',
  json: 'json',
  json5: 'json',
  jsonc: 'json',
  jsx: 'jsx',
  markdown: 'markdown',
  md: 'markdown',
  mjs: 'javascript',
  mts: 'typescript',
  patch: 'diff',
  py: 'python',
  python: 'python',
  rs: 'rust',
  rust: 'rust',
  sh: 'bash',
  shell: 'bash',
  sql: 'sql',
  ts: 'typescript',
  tsx: 'tsx',
  typescript: 'typescript',
  xml: 'html',
  yaml: 'yaml',
  yml: 'yaml',
  zsh: 'bash',
};

/** The grammar for the name after a fence, in lower case; `undefined` when the kit has none. */
export function findGrammar(language: string): GrammarName | undefined {
  return Object.hasOwn(grammars, language) ? grammars[language] : undefined;
}
