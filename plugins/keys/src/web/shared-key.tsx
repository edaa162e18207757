import { keysContract } from '@parley/plugin-keys/contract';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { KeyPanel } from './key-panel.tsx';
import { messages } from './messages.ts';

/** The key for one provider that all share; nothing for a provider that takes none. */
export function SharedKey({ provider }: { readonly provider: string }) {
  const { queries } = useContract(keysContract);
  const keys = useQuery(queries.listShared.options({}));
  if (keys.isError) {
    return (
      <ErrorState
        title={messages.sharedLoadFailed}
        cause={keys.error.message}
        onRetry={() => void keys.refetch()}
        isRetrying={keys.isFetching}
      />
    );
  }
  if (keys.isPending) return <Skeleton lines={2} label={messages.loading} />;
  const item = keys.data.items.find((one) => one.provider === provider);
  if (!item) return undefined;
  const { shared, isSet, from } = item;
  return (
    <KeyPanel
      kind="shared"
      of={{ ...item, status: shared }}
      empty={isSet ? messages.inSettings : from === 'operator' ? messages.operatorOnly : messages.noneSharedText}
      addLabel={messages.addShared}
    />
  );
}
