import { createCssVariablesTheme, createHighlighterCore } from '@shikijs/core';
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import { type GrammarName, loadGrammar } from './grammars.ts';
import {
  type CodeLine,
  type CodeRole,
  codeRoles,
  type HighlightReply,
  type HighlightRequest,
} from './highlight-protocol.ts';
import { findGrammar } from './languages.ts';

const THEME = 'roles';
const roleByColor = new Map<string, CodeRole>(codeRoles.map((role) => [`var(--syntax-token-${role})`, role]));

const highlighter = createHighlighterCore({
  themes: [createCssVariablesTheme({ name: THEME, variablePrefix: '--syntax-' })],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

async function tokenize(code: string, grammar: GrammarName): Promise<CodeLine[]> {
  const core = await highlighter;
  await core.loadLanguage(loadGrammar(grammar));
  const { tokens } = core.codeToTokens(code, { lang: grammar, theme: THEME });
  return tokens.map((line) =>
    line.map(({ content, color }) => {
      const role = roleByColor.get(color ?? '');
      return role === undefined ? [content] : [content, role];
    }),
  );
}

async function answer({ id, code, language }: HighlightRequest): Promise<HighlightReply> {
  const grammar = findGrammar(language);
  if (grammar === undefined) return { id };
  // A grammar that fails is not worth an error on the page: the code stays plain.
  return tokenize(code, grammar).then(
    (lines) => ({ id, lines }),
    () => ({ id }),
  );
}

const reply = async (request: HighlightRequest) => self.postMessage(await answer(request), { transfer: [] });

self.addEventListener('message', (event: MessageEvent<HighlightRequest>) => void reply(event.data));
