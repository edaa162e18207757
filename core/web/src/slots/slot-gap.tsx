import type { ManifestContribution } from '@parley/contracts';
import { isAppError } from '@parley/contracts';
import { ErrorState } from '@parley/ui/error-state';
import { messages } from '../messages.ts';
import { useSession } from '../session/use-session.ts';

interface SlotGapProps {
  readonly contribution: ManifestContribution;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What a broken contribution leaves: for administrators a label with the reason, for others nothing. */
export function SlotGap({ contribution, error, onRetry }: SlotGapProps) {
  const { user } = useSession();
  if (!user?.roles.includes('admin')) return undefined;
  const traceId = isAppError(error) ? error.details['requestId'] : undefined;
  return (
    <ErrorState
      title={messages.slotBroken(contribution.pluginId, contribution.slot)}
      cause={error instanceof Error ? error.message : String(error)}
      traceId={typeof traceId === 'string' ? traceId : undefined}
      onRetry={onRetry}
    />
  );
}
