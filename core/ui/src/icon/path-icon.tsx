/** Props of `PathIcon`. */
export interface PathIconProps {
  /** Path data on a grid of 24 by 24, drawn as a line; nothing else of an SVG is taken from a plugin. */
  readonly d: string;
}

/** A glyph from path data alone, so that a plugin's manifest can bring its icon without bringing markup. */
export function PathIcon({ d }: PathIconProps) {
  return (
    <svg
      className="lucide"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
