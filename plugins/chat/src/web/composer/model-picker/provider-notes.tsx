import { holdsPermission, type ProviderStatus } from '@parley/contracts';
import { MODELS_MANAGE } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { useSession } from '@parley/web';
import { Link } from '@parley/web/router';
import { useId } from 'react';
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

interface KeyLinkProps {
  readonly from: ProviderStatus['keyFrom'];
  readonly onLeave?: (() => void) | undefined;
}

/** The way to a key: one's own settings, the administration, or whoever administrates. */
export function KeyLink({ from = 'operator', onLeave }: KeyLinkProps) {
  const { user } = useSession();
  const mayManage = user !== undefined && holdsPermission(user, MODELS_MANAGE);
  if (from !== 'operator') {
    return (
      <Link to="/settings/keys" className={styles.link} onClick={onLeave}>
        {messages.addKey}
      </Link>
    );
  }
  if (!mayManage) return <span className={styles.hint}>{messages.askAdministrator}</span>;
  return (
    <Link to="/admin/models" className={styles.link} onClick={onLeave}>
      {messages.setUpProvider}
    </Link>
  );
}
