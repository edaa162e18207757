import { isAppError } from '@parley/contracts';
import { QueryClient } from '@tanstack/react-query';

const STALE_AFTER_MS = 30_000;
const MOST_RETRIES = 2;

/**
 * Server truth of this tab. The event stream tells what to read again, so focus does not. Requests run whatever the
 * connection looks like: an error says more than a request that waits.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: 'always',
        retry: (failures, error) => failures < MOST_RETRIES && isWorthRetrying(error),
      },
      mutations: { networkMode: 'always' },
    },
  });

const isWorthRetrying = (error: unknown): boolean => isAppError(error) && error.status >= 500;
