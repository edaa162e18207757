import type { ProviderStatus } from '@parley/contracts';
import type { ProposeChange } from '@parley/plugin-admin/contract';
import { providerPart } from '@parley/plugin-models/contract';
import { Badge } from '@parley/ui/badge';
import { Button, buttonClass } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { Slot } from '@parley/web';
import { Link } from '@parley/web/router';
import { useId } from 'react';
import { messages } from './messages.ts';
import type { RunningProvider } from './provider-rows.ts';
import styles from './providers.module.css';
import { testWords, useProviderTest } from './use-provider-test.ts';

interface ProviderCardProps extends RunningProvider {
  /** How many models it lists. */
  readonly count: number;
  readonly propose: ProposeChange;
}

const TONES = { ready: 'ok', 'needs-key': 'signal', unavailable: 'danger' } as const;

/** One provider: how it stands, its shared key, a test, and the ways to its settings and out. */
export function ProviderCard({ status, entry, count, propose }: ProviderCardProps) {
  const { key, title, state, demo } = status;
  const titleId = useId();
  const test = useProviderTest(key);
  return (
    <li className={styles['card']}>
      <section aria-labelledby={titleId} className={styles['body']}>
        <header className={styles['head']}>
          <div className={styles['heading']}>
            <h2 id={titleId} className={styles['title']}>
              <bdi>{title}</bdi>
            </h2>
            <Badge tone={TONES[state]}>{messages.states[state]}</Badge>
            {demo ? <Badge tone="accent">{messages.demo}</Badge> : undefined}
            <span className={styles['facts']}>
              <code>{key}</code>
              {state === 'ready' ? ` · ${messages.models(count)}` : undefined}
            </span>
          </div>
          <div className={styles['actions']}>
            <Button size="small" aria-label={messages.testOf(title)} isPending={test.isPending} onPress={test.start}>
              {messages.test}
            </Button>
            {entry?.settingsSchema === undefined ? undefined : (
              <Link
                to={`/admin/plugins/${encodeURIComponent(entry.id)}?part=settings`}
                aria-label={messages.settingsOf(title)}
                className={buttonClass({ size: 'small' })}
              >
                {messages.settings}
              </Link>
            )}
            {entry === undefined ? undefined : <LeaveButton entry={entry} title={title} propose={propose} />}
          </div>
        </header>
        {test.error ? <ErrorState title={messages.testFailed} cause={test.error.message} /> : undefined}
        {test.result ? (
          <p className={styles[test.result.state === 'ready' ? 'good' : 'bad']}>{testWords(test.result)}</p>
        ) : undefined}
        <Standing status={status} />
        <Slot of={providerPart} props={{ provider: key, title }} loading={<Skeleton lines={2} />} />
      </section>
    </li>
  );
}

/** What has to be known beside its state; what concerns keys stands with the shared one. */
function Standing({ status: { state, demo, reason } }: { readonly status: ProviderStatus }) {
  if (demo) return <p className={styles['text']}>{messages.demoText}</p>;
  return state === 'unavailable' ? <p className={styles['bad']}>{reason}</p> : undefined;
}

interface LeaveButtonProps extends Pick<ProviderCardProps, 'propose'> {
  readonly entry: NonNullable<ProviderCardProps['entry']>;
  readonly title: string;
}

/** One that was added here is taken out as a whole; one that comes with Parley or a file is turned off. */
function LeaveButton({ entry: { id, source, isCritical }, title, propose }: LeaveButtonProps) {
  if (isCritical) return undefined;
  const isAdded = source === 'admin';
  const leave = () =>
    void propose({
      title: isAdded ? messages.removeQuestion(title) : messages.turnOffQuestion(title),
      changes: [{ do: isAdded ? 'remove' : 'disable', id }],
      confirmLabel: isAdded ? messages.remove : messages.turnOff,
      isDestructive: true,
    });
  return (
    <Button
      size="small"
      variant="quiet"
      aria-label={isAdded ? messages.removeOf(title) : messages.turnOffOf(title)}
      onPress={leave}
    >
      {isAdded ? messages.remove : messages.turnOff}
    </Button>
  );
}
