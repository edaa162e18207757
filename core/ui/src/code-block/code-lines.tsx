import { memo } from 'react';
import type { CodeLine } from './highlight-protocol.ts';

/** Props of `CodeLines`. */
export interface CodeLinesProps {
  readonly lines: readonly CodeLine[];
}

/** Coloured code. Its text is the plain text, character by character, so that the swap moves nothing. */
export const CodeLines = memo(function CodeLines({ lines }: CodeLinesProps) {
  return lines.map((line, lineKey) => (
    <span key={lineKey}>
      {line.map(([text, role], key) =>
        role === undefined ? (
          text
        ) : (
          <span key={key} style={{ color: `var(--syntax-token-${role})` }}>
            {text}
          </span>
        ),
      )}
      {lineKey < lines.length - 1 ? '\n' : undefined}
    </span>
  ));
});
