import type { ManifestContribution } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { RotateCcwIcon, TriangleAlertIcon } from '@parley/ui/icon';
import { useUiMessages } from '@parley/ui/provider';
import { messages } from '../messages.ts';
import { useSession } from '../session/use-session.ts';
import styles from './slot-gap.module.css';

interface SlotGapProps {
  readonly contribution: ManifestContribution;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What a broken contribution leaves: for administrators a label with the reason, for others nothing. */
export function SlotGap({ contribution, error, onRetry }: SlotGapProps) {
  const { retry } = useUiMessages();
  const { user } = useSession();
  if (!user?.roles.includes('admin')) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return (
    <div role="note" className={styles['gap']}>
      <TriangleAlertIcon />
      <p className={styles['text']}>
        <strong>{messages.slotBroken(contribution.pluginId, contribution.slot)}</strong>
        <span title={reason} className={styles['reason']}>
          {reason}
        </span>
      </p>
      <Button size="small" variant="quiet" icon={<RotateCcwIcon />} onPress={onRetry}>
        {retry}
      </Button>
    </div>
  );
}
