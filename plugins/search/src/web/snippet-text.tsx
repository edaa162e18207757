import type { SnippetPiece } from '../contract/index.ts';

/** A passage as text, with what was looked for marked. */
export function SnippetText({ pieces }: { readonly pieces: readonly SnippetPiece[] }) {
  return pieces.map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text));
}
