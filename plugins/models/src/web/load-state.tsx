import { isAppError } from '@parley/contracts';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import type { ReactNode } from 'react';
import { messages } from './messages.ts';

interface LoadStateProps<Data> {
  readonly query: {
    readonly data: Data | undefined;
    readonly error: Error | null;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
  readonly children: (data: Data) => ReactNode;
}

/** What a query brought; until then its skeleton, or what went wrong. Data that were there stay, under the error. */
export function LoadState<Data>({ query, children }: LoadStateProps<Data>) {
  const { data, error, isFetching, refetch } = query;
  const traceId = isAppError(error) ? error.details['requestId'] : undefined;
  return (
    <>
      {error ? (
        <ErrorState
          title={messages.loadFailed}
          cause={error.message}
          traceId={typeof traceId === 'string' ? traceId : undefined}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : undefined}
      {data === undefined ? (
        error ? undefined : (
          <Skeleton shape="row" lines={6} label={messages.loading} />
        )
      ) : (
        children(data)
      )}
    </>
  );
}
