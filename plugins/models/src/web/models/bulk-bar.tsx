import { Button } from '@parley/ui/button';
import { messages } from './messages.ts';
import styles from './models.module.css';

const NOBODY: ReadonlySet<string> = new Set();

interface BulkBarProps {
  /** Those that are found. */
  readonly ids: readonly string[];
  readonly picked: ReadonlySet<string>;
  /** How many there are in all. */
  readonly all: number;
  readonly isPending: boolean;
  readonly onPick: (picked: ReadonlySet<string>) => void;
  readonly onShow: (models: string[], enabled: boolean) => void;
}

/** How many are found, and what can be done with those that are selected. */
export function BulkBar({ ids, picked, all, isPending, onPick, onShow }: BulkBarProps) {
  const isAll = ids.length > 0 && ids.every((id) => picked.has(id));
  return (
    <div className={styles['bulk']}>
      <label className={styles['pickAll']}>
        <input
          type="checkbox"
          className={styles['check']}
          checked={isAll}
          disabled={ids.length === 0}
          onChange={() => onPick(isAll ? NOBODY : new Set(ids))}
        />
        {messages.pickAll}
      </label>
      <p role="status" className={styles['note']}>
        {picked.size === 0 ? messages.found(ids.length, all) : messages.picked(picked.size)}
      </p>
      {picked.size === 0 ? undefined : (
        <>
          <Button size="small" isPending={isPending} onPress={() => onShow([...picked], true)}>
            {messages.showPicked}
          </Button>
          <Button size="small" isPending={isPending} onPress={() => onShow([...picked], false)}>
            {messages.hidePicked}
          </Button>
          <Button size="small" variant="quiet" onPress={() => onPick(NOBODY)}>
            {messages.unpick}
          </Button>
        </>
      )}
    </div>
  );
}
