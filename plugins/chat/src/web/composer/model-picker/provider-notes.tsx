import type { ProviderStatus } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { useId } from 'react';
import { KeyLink } from '../../keys/key-link.tsx';
import { messages } from '../../messages.ts';
import styles from './provider-notes.module.css';

interface ProviderNotesProps {
  readonly providers: readonly ProviderStatus[];
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
  /** A link was followed. */
  readonly onLeave: () => void;
}

/** Providers whose models are not in the list: why, and what helps. */
export function ProviderNotes({ providers, isRetrying, onRetry, onLeave }: ProviderNotesProps) {
  const titleId = useId();
  if (providers.length === 0) return undefined;
  return (
    <section aria-labelledby={titleId} className={styles.notes}>
      <h3 id={titleId} className={styles.title}>
        {messages.otherProviders}
      </h3>
      <ul role="list">
        {providers.map((provider) => (
          <li key={provider.key} className={styles.note}>
            <span className={styles.text}>
              <span className={styles.name}>{provider.title}</span>{' '}
              {provider.state === 'needs-key' ? messages.needsKey : (provider.reason ?? messages.providerAway)}
            </span>
            {provider.state === 'needs-key' ? (
              <KeyLink from={provider.keyFrom} onLeave={onLeave} />
            ) : (
              <Button size="small" isPending={isRetrying} onPress={onRetry}>
                {messages.tryAgain}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
