import type { HookNodeView, TapView } from '@parley/contracts';
import { Link } from '@parley/web/router';
import { Nothing } from '../facts.tsx';
import { numberText } from '../format.ts';
import styles from './hooks.module.css';
import { messages } from './messages.ts';
import { scaleOf, TimingBar } from './timing-bar.tsx';

/** Every hook that somebody taps, with its taps in order. */
export function Hooks({ hooks }: { readonly hooks: readonly HookNodeView[] }) {
  const tapped = hooks.filter(({ taps }) => taps.length > 0).toSorted((a, b) => a.id.localeCompare(b.id));
  if (tapped.length === 0) return <Nothing>{messages.noHooks}</Nothing>;
  const scaleMs = scaleOf(tapped.flatMap(({ taps }) => taps));
  return (
    <ul role="list" className={styles['hooks']}>
      {tapped.map(({ id, kind, taps }) => (
        <li key={id} className={styles['hook']}>
          <h3 className={styles['name']}>
            <code>{id}</code> <span className={styles['kind']}>{kind}</span>
          </h3>
          <ol role="list" className={styles['taps']}>
            {taps.map((tap, index) => (
              <Tap key={tap.pluginId} tap={tap} position={index + 1} scaleMs={scaleMs} />
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

interface TapProps {
  readonly tap: TapView;
  readonly position: number;
  readonly scaleMs: number;
}

function Tap({ tap, position, scaleMs }: TapProps) {
  const { pluginId, phase, reason, calls, errors, timeouts, p50Ms, p95Ms } = tap;
  return (
    <li className={styles['tap']}>
      <span className={styles['position']}>{position}</span>
      <span className={styles['who']}>
        <Link to={`/admin/plugins/${encodeURIComponent(pluginId)}?part=inside`}>{pluginId}</Link>
        <span className={styles['reason']}>{[phase === 'normal' ? '' : phase, reason].filter(Boolean).join(', ')}</span>
      </span>
      <span className={styles['numbers']}>
        <span>
          {numberText(calls)} {messages.columns.calls.toLowerCase()}
        </span>
        {errors > 0 ? (
          <span className={styles['bad']}>
            {numberText(errors)} {messages.columns.errors.toLowerCase()}
          </span>
        ) : undefined}
        {timeouts > 0 ? <span className={styles['bad']}>{messages.timeouts(timeouts)}</span> : undefined}
        <TimingBar p50Ms={p50Ms} p95Ms={p95Ms} scaleMs={scaleMs} />
      </span>
    </li>
  );
}
