import type { PluginEntryView } from '@parley/contracts';
import type { ProposeChange } from '@parley/plugin-admin/contract';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { PlusIcon } from '@parley/ui/icon';
import { Link } from '@parley/web/router';
import { useMemo, useState } from 'react';
import { LoadState } from '../load-state.tsx';
import type { Managed } from '../managed.ts';
import { useGraph, usePlugins } from '../queries.ts';
import { AddProvider } from './add-provider.tsx';
import { messages } from './messages.ts';
import { ProviderCard } from './provider-card.tsx';
import { kindTitle, type ProviderRows, providerRows } from './provider-rows.ts';
import styles from './providers.module.css';

interface ProviderListProps {
  readonly managed: Managed;
  readonly propose: ProposeChange;
}

/** Every provider, those in trouble, and the way to one more. */
export function ProviderList({ managed, propose }: ProviderListProps) {
  const plugins = usePlugins();
  const graph = useGraph();
  const [isAdding, setAdding] = useState(false);
  const rows = useMemo(
    () => providerRows(managed.providers, plugins.data?.plugins ?? [], graph.data?.plugins ?? []),
    [managed.providers, plugins.data, graph.data],
  );
  return (
    <>
      <div className={styles['top']}>
        <p className={styles['lead']}>{messages.lead}</p>
        <Button icon={<PlusIcon />} isDisabled={!plugins.data} onPress={() => setAdding(true)}>
          {messages.add}
        </Button>
      </div>
      <LoadState query={plugins}>{() => <Rows rows={rows} managed={managed} propose={propose} />}</LoadState>
      {isAdding ? (
        <AddProvider
          kinds={rows.kinds}
          taken={takenKeys(managed, plugins.data?.plugins ?? [])}
          propose={propose}
          onClose={() => setAdding(false)}
        />
      ) : undefined}
    </>
  );
}

const takenKeys = ({ providers }: Managed, entries: readonly PluginEntryView[]): ReadonlySet<string> =>
  new Set([...providers.map(({ key }) => key), ...entries.map(({ id }) => id)]);

function Rows({ rows, managed, propose }: ProviderListProps & { readonly rows: ProviderRows }) {
  const counts = Map.groupBy(managed.items, ({ model }) => model.provider);
  const isOnlyDemo = managed.providers.every(({ state, demo }) => demo || state !== 'ready');
  return (
    <>
      {isOnlyDemo ? <p className={styles['hint']}>{messages.onlyDemo}</p> : undefined}
      <ul role="list" className={styles['list']}>
        {rows.failed.map((entry) => (
          <FailedCard key={entry.id} entry={entry} />
        ))}
        {rows.running.map(({ status, entry }) => (
          <ProviderCard
            key={status.key}
            status={status}
            entry={entry}
            count={counts.get(status.key)?.length ?? 0}
            propose={propose}
          />
        ))}
      </ul>
    </>
  );
}

const FailedCard = ({ entry }: { readonly entry: PluginEntryView }) => (
  <li className={styles['card']}>
    <section aria-label={entry.id} className={styles['body']}>
      <header className={styles['heading']}>
        <h2 className={styles['title']}>{kindTitle(entry)}</h2>
        <Badge tone="danger">{messages.troubled}</Badge>
        <code className={styles['facts']}>{entry.id}</code>
      </header>
      {entry.reason === undefined ? undefined : <p className={styles['bad']}>{entry.reason}</p>}
      <Link to={`/admin/plugins/${encodeURIComponent(entry.id)}`}>{messages.look}</Link>
    </section>
  </li>
);
