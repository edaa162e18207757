import type { ManifestContribution } from '@parley/contracts';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { holdsPermission, isAppError } from '@parley/contracts';
import { type BrokenProps, route, Slot, useSession } from '@parley/web';
import { useParams } from 'react-router';
import { messages } from '../messages.ts';
import { ForbiddenPage, NotFoundPage } from './message-pages.tsx';
import styles from './route-page.module.css';

/** A page that a plugin draws. */
export function RoutePage({ contribution }: { readonly contribution: ManifestContribution }) {
  const params = useParams();
  const { user } = useSession();
  if (user && contribution.permission && !holdsPermission(user, contribution.permission)) return <ForbiddenPage />;
  return (
    <Slot
      of={route}
      props={{ params }}
      {...(contribution.key === undefined ? {} : { itemKey: contribution.key })}
      loading={
        <div className={styles['notice']}>
          <Skeleton lines={6} />
        </div>
      }
      broken={BrokenPage}
    />
  );
}

/** What a page shows that can't: the reason, and another try. */
export function BrokenPage({ error, onRetry }: BrokenProps) {
  if (isAppError(error) && error.status === 404) return <NotFoundPage />;
  if (isAppError(error) && error.status === 403) return <ForbiddenPage />;
  const traceId = isAppError(error) ? error.details['requestId'] : undefined;
  return (
    <div className={styles['notice']}>
      <ErrorState
        title={messages.brokenTitle}
        cause={error instanceof Error ? error.message : undefined}
        traceId={typeof traceId === 'string' ? traceId : undefined}
        onRetry={isFileMissing(error) ? () => location.reload() : onRetry}
      />
    </div>
  );
}

/** A file of the build that did not come; React remembers that, so only a new page asks for it again. */
const isFileMissing = (error: unknown): boolean => error instanceof Error && error.name === 'ChunkLoadError';
