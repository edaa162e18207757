import { useEffect, useState } from 'react';
import { messages } from './messages.ts';
import styles from './speech.module.css';

const TICK_MS = 500;

const toTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** How long the recording runs by now. */
export function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - startedAt) / 1_000), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const time = toTime(seconds);
  return (
    <span className={styles['elapsed']} role="timer" aria-label={messages.recordingTime(time)}>
      <span className={styles['dot']} aria-hidden="true" />
      {time}
    </span>
  );
}
