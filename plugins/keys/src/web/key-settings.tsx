import type { ProviderKeys } from '@parley/plugin-keys/contract';
import { holdsPermission } from '@parley/contracts';
import { keysContract } from '@parley/plugin-keys/contract';
import { Badge } from '@parley/ui/badge';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useContract, useSession } from '@parley/web';
import { Link } from '@parley/web/router';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { KeyBadge } from './key-facts.tsx';
import { KeyPanel } from './key-panel.tsx';
import styles from './keys.module.css';
import { messages } from './messages.ts';

const MODELS_MANAGE = 'models.manage';

/** The settings page on which people give keys of their own for model providers. */
export function KeySettings() {
  const { queries } = useContract(keysContract);
  const keys = useQuery(queries.list.options({}));
  return (
    <div className={styles['page']}>
      <p className={styles['lead']}>{messages.lead}</p>
      {keys.isError ? (
        <ErrorState
          title={messages.loadFailed}
          cause={keys.error.message}
          onRetry={() => void keys.refetch()}
          isRetrying={keys.isFetching}
        />
      ) : undefined}
      {keys.isPending ? <Skeleton shape="row" lines={4} label={messages.loading} /> : undefined}
      {keys.data?.items.length === 0 ? <NoProvider /> : undefined}
      {keys.data && keys.data.items.length > 0 ? (
        <ul role="list" className={styles['list']}>
          {keys.data.items
            .toSorted((one, other) => one.title.localeCompare(other.title))
            .map((item) => (
              <ProviderCard key={item.provider} item={item} />
            ))}
        </ul>
      ) : undefined}
    </div>
  );
}

function NoProvider() {
  const { user } = useSession();
  const mayAdd = user !== undefined && holdsPermission(user, MODELS_MANAGE);
  return (
    <EmptyState {...(mayAdd ? { action: <Link to="/admin/models">{messages.addProvider}</Link> } : {})}>
      {messages.none} {mayAdd ? undefined : messages.noneNext}
    </EmptyState>
  );
}

function ProviderCard({ item }: { readonly item: ProviderKeys }) {
  const { title, own, isShared } = item;
  const titleId = useId();
  return (
    <li className={styles['card']}>
      <section aria-labelledby={titleId}>
        <header className={styles['head']}>
          <h3 id={titleId} className={styles['title']}>
            <bdi>{title}</bdi>
          </h3>
          {own ? (
            <KeyBadge state={own.state} />
          ) : (
            <Badge tone={isShared ? 'accent' : 'neutral'}>{messages.states[isShared ? 'shared' : 'none']}</Badge>
          )}
        </header>
        <KeyPanel
          kind="own"
          of={{ ...item, status: own }}
          empty={isShared ? messages.isShared : messages.noneText(title)}
          addLabel={isShared ? messages.addOwn : messages.add}
        />
      </section>
    </li>
  );
}
