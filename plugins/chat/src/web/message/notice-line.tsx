import type { Notice } from '@parley/contracts';
import { InfoIcon, TriangleAlertIcon } from '@parley/ui/icon';
import styles from './notice-line.module.css';
import { SpineStep } from './spine-step.tsx';

/** Words about the answer itself: what was converted or left out for its model, why another model answers. */
export function NoticeLine({ notice }: { readonly notice: Notice }) {
  return (
    <SpineStep kind="notice">
      <p className={styles.notice} dir="auto">
        {notice.level === 'warning' ? (
          <TriangleAlertIcon className={styles.icon} />
        ) : (
          <InfoIcon className={styles.icon} />
        )}
        <span>{notice.text}</span>
      </p>
    </SpineStep>
  );
}
