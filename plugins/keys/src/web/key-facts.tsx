import type { KeyStatus } from '@parley/plugin-keys/contract';
import { Badge } from '@parley/ui/badge';
import { relativeTime, useNow } from '@parley/web';
import styles from './keys.module.css';
import { messages } from './messages.ts';

const REFRESH_MS = 30_000;
const TONES = { ok: 'ok', refused: 'danger', unchecked: 'signal' } as const;

/** A word about how a key stands. */
export const KeyBadge = ({ state }: { readonly state: KeyStatus['state'] }) => (
  <Badge tone={TONES[state]}>{messages.states[state]}</Badge>
);

interface KeyFactsProps {
  /** Whose key it is, in words. */
  readonly name: string;
  /** Of its provider. */
  readonly title: string;
  readonly status: KeyStatus;
}

/** How a key ends, when it was checked, and what to do where it is not well. */
export function KeyFacts({ name, title, status }: KeyFactsProps) {
  const nowMs = useNow(REFRESH_MS);
  const { hint, state, checkedAt, reason } = status;
  const ago = checkedAt === undefined ? undefined : relativeTime(checkedAt, nowMs);
  return (
    <>
      <p className={styles['facts']}>
        <span>{name}</span>
        {hint === '…' ? undefined : (
          <span>
            {messages.endsWith} <code className={styles['hint']}>{hint}</code>
          </span>
        )}
        {checkedAt === undefined ? undefined : (
          <time dateTime={checkedAt} title={new Date(checkedAt).toLocaleString()}>
            {ago === undefined ? messages.checkedNow : messages.checked(ago)}
          </time>
        )}
      </p>
      {state === 'ok' ? undefined : (
        <p className={styles[state === 'refused' ? 'refused' : 'unchecked']}>
          {state === 'refused' ? messages.refusedNext(title) : `${reason ?? ''}. ${messages.uncheckedNext}`}
        </p>
      )}
    </>
  );
}
