/** Props of `BrandMark`. */
export interface BrandMarkProps {
  /** Edge in pixels, 20 by default. */
  readonly sizePx?: number;
  /** Given, the mark is an image with this name; otherwise it is decoration. */
  readonly label?: string;
}

/** The mark of Parley: a spine, a branch, and the node where a person is asked. */
export function BrandMark({ sizePx = 20, label }: BrandMarkProps) {
  const semantics = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 20 20" {...semantics}>
      <path
        d="M5 2v16M5 7c0 4 9 2 9 7v4"
        fill="none"
        stroke="var(--c-accent)"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="5" cy="4" r="2.6" fill="var(--c-ink)" />
      <circle cx="14" cy="16" r="2.6" fill="var(--c-signal)" />
    </svg>
  );
}
