import { ErrorState } from '@parley/ui/error-state';
import { messages } from '../messages.ts';
import styles from './start-failure.module.css';

/** What stands when the server can't be reached at the start. */
export const StartFailure = ({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) => (
  <main className={styles['page']}>
    <ErrorState
      title={messages.bootFailedTitle}
      cause={error instanceof Error ? error.message : String(error)}
      onRetry={onRetry}
    />
  </main>
);
