import type { StateTone } from './state-words.ts';
import styles from './state.module.css';

/** The node of a state on the spine: each tone has a shape of its own beside its colour. */
export const StateNode = ({ tone }: { readonly tone: StateTone }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className={`${styles['node'] ?? ''} ${styles[tone] ?? ''}`}>
    {SHAPES[tone]}
  </svg>
);

const SHAPES: Readonly<Record<StateTone, React.ReactNode>> = {
  ok: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  busy: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="var(--c-canvas)" stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  signal: <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" fill="currentColor" />,
  danger: <path d="M2.5 2.5h11v11h-11Z" fill="currentColor" />,
  quiet: <circle cx="8" cy="8" r="4.5" fill="var(--c-canvas)" stroke="currentColor" strokeWidth="2" />,
};
