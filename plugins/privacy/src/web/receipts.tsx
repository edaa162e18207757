import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import type { Receipt } from '../contract/index.ts';
import { messages } from './messages.ts';
import styles from './privacy.module.css';
import { useReceipts } from './queries.ts';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What was deleted and what is being deleted. */
export function Receipts() {
  const receipts = useReceipts();
  const items = receipts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles['section']} aria-labelledby="privacy-receipts">
      <h3 id="privacy-receipts" className={styles['title']}>
        {messages.receipts}
      </h3>
      <p className={styles['note']}>{messages.receiptsText}</p>
      {receipts.isPending ? <Skeleton shape="row" lines={2} /> : undefined}
      {receipts.isError ? (
        <ErrorState
          title={messages.receiptsFailed}
          cause={receipts.error.message}
          onRetry={() => void receipts.refetch()}
          isRetrying={receipts.isFetching}
        />
      ) : undefined}
      {receipts.isSuccess && items.length === 0 ? <EmptyState>{messages.noReceipts}</EmptyState> : undefined}
      {items.length === 0 ? undefined : (
        <ul role="list" className={styles['list']}>
          {items.map((receipt) => (
            <ReceiptRow key={receipt.id} receipt={receipt} />
          ))}
        </ul>
      )}
      {receipts.hasNextPage ? (
        <Button variant="quiet" isPending={receipts.isFetchingNextPage} onPress={() => void receipts.fetchNextPage()}>
          {messages.more}
        </Button>
      ) : undefined}
    </section>
  );
}

function ReceiptRow({ receipt: { by, requestedAt, finishedAt, items, problem } }: { readonly receipt: Receipt }) {
  const at = finishedAt ?? requestedAt;
  const erased = items.map(({ count, what, pluginId }) => messages.item(count, what, pluginId)).join(', ');
  return (
    <li className={styles['row']}>
      <div className={styles['who']}>
        <p className={styles['name']}>
          <time dateTime={at}>{time.format(new Date(at))}</time>
          <Badge>{by === 'self' ? messages.bySelf : messages.byAdministrator}</Badge>
          {finishedAt === undefined ? <Badge tone="signal">{messages.running}</Badge> : undefined}
        </p>
        <p className={styles['note']}>{erased === '' ? messages.nothingErased : erased}</p>
        {problem === undefined ? undefined : <p className={styles['error']}>{messages.stuck(problem)}</p>}
      </div>
    </li>
  );
}
