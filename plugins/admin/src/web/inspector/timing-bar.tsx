import { spanText } from '../format.ts';
import { messages } from './messages.ts';
import styles from './timing-bar.module.css';

interface TimingBarProps {
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  /** What the full length stands for, milliseconds. */
  readonly scaleMs: number;
}

/** Two times as one small bar: the solid part is p50, the light one reaches to p95. The numbers stand beside it. */
export function TimingBar({ p50Ms, p95Ms, scaleMs }: TimingBarProps) {
  if (p50Ms === undefined || p95Ms === undefined) return <span className={styles['none']}>–</span>;
  const share = (ms: number): number => Math.max(1.5, Math.min(100, (ms / scaleMs) * 100));
  return (
    <span className={styles['timing']} title={messages.times(spanText(p50Ms), spanText(p95Ms))}>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className={styles['bar']}>
        <rect width="100" height="8" rx="2" fill="var(--c-hover)" />
        <rect width={share(p95Ms)} height="8" fill="var(--c-accent)" opacity="0.38" />
        <rect width={share(p50Ms)} height="8" fill="var(--c-accent)" />
      </svg>
      <span className={styles['numbers']}>
        {spanText(p50Ms)} · {spanText(p95Ms)}
      </span>
    </span>
  );
}

/** The longest p95 among some times, so that their bars compare. */
export const scaleOf = (times: readonly { readonly p95Ms?: number | undefined }[]): number =>
  Math.max(0.001, ...times.map(({ p95Ms = 0 }) => p95Ms));
