import { Skeleton } from '@parley/ui/skeleton';
import { hadSession } from '@parley/web/host';
import styles from './shell-skeleton.module.css';

/** The geometry of the shell while it loads; for a visitor without a session an empty page, since a login page follows. */
export function ShellSkeleton({ hasSideBar = true }: { readonly hasSideBar?: boolean }) {
  if (!hadSession()) return <div className={styles['empty']} />;
  return (
    <div className={styles['page']}>
      {hasSideBar ? (
        <div className={styles['bar']}>
          <Skeleton shape="row" lines={6} />
        </div>
      ) : undefined}
    </div>
  );
}
