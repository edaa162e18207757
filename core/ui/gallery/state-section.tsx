import { Badge } from '@parley/ui/badge';
import { BrandMark } from '@parley/ui/brand-mark';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { MessageSquareIcon } from '@parley/ui/icon';
import { Kbd } from '@parley/ui/kbd';
import { Skeleton } from '@parley/ui/skeleton';
import { Spinner } from '@parley/ui/spinner';
import styles from './gallery.module.css';

const tones = ['neutral', 'accent', 'ok', 'think', 'signal', 'danger'] as const;

/** Loading, empty, failed, and small signs. */
export function StateSection() {
  return (
    <>
      <div className={styles.row}>
        <BrandMark label="Parley" />
        <BrandMark sizePx={40} />
        <Spinner />
        <Spinner size="medium" />
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd keys="Mod+Shift+O" />
        <Kbd keys="Esc" />
      </div>
      <div className={styles.columns}>
        <div className={styles.card}>
          <Skeleton lines={3} />
        </div>
        <div className={styles.card}>
          <Skeleton lines={3} shape="row" />
        </div>
        <div className={styles.card}>
          <EmptyState icon={<MessageSquareIcon />} action={<Button variant="primary">New chat</Button>}>
            Your conversations will stand here.
          </EmptyState>
        </div>
        <ErrorState
          title="The notes could not be loaded"
          cause="The server answered 503: storage is restarting."
          traceId="4bf92f3577b34da6"
          onRetry={() => undefined}
        />
      </div>
    </>
  );
}
