import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { messages } from '../messages.ts';
import styles from './route-page.module.css';

/** What stands where the shell itself failed to draw a page; a reload also fetches files that an update replaced. */
export function PageError({ error }: { readonly error: unknown }) {
  return (
    <main id="content" tabIndex={-1} className={styles['notice']}>
      <ErrorState
        title={messages.brokenTitle}
        cause={error instanceof Error ? error.message : undefined}
        actions={
          <Button size="small" onPress={() => location.reload()}>
            {messages.reload}
          </Button>
        }
      />
    </main>
  );
}
