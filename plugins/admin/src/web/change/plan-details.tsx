import type { PlanView, PluginChangeView } from '@parley/contracts';
import { TriangleAlertIcon } from '@parley/ui/icon';
import { StateNode } from '../state/state-node.tsx';
import type { StateTone } from '../state/state-words.ts';
import styles from './change.module.css';
import { messages } from './messages.ts';
import { NameList } from './name-list.tsx';
import { NoticeBox } from './notice-box.tsx';
import { actionWords, type Consequence, consequencesOf, planSummary } from './plan-words.ts';

const NODES: Readonly<Record<PluginChangeView['action'], StateTone>> = {
  start: 'ok',
  replace: 'busy',
  restart: 'signal',
  stop: 'quiet',
};

/** A plan in words, one node of the spine for each plugin that changes. */
export function PlanDetails({ plan }: { readonly plan: PlanView }) {
  const { changes, startOrder, hookOrders, problems, warnings } = plan;
  const isOwnPage = changes.some(({ pluginId, action }) => pluginId === 'admin' && action === 'stop');
  const cautions = [...warnings, ...(isOwnPage ? [messages.ownPage] : [])];
  return (
    <>
      {problems.length > 0 ? undefined : (
        <p className={styles['summary']}>{changes.length === 0 ? messages.nothing : planSummary(plan)}</p>
      )}
      <NoticeBox tone="danger" title={messages.problems} texts={problems} />
      <NoticeBox tone="signal" title={messages.warnings} texts={cautions} />
      {changes.length === 0 ? undefined : (
        <ol role="list" aria-label={messages.steps} className={styles['spine']}>
          {changes.map((change) => (
            <PlannedChange key={change.pluginId} change={change} />
          ))}
        </ol>
      )}
      {startOrder.length > 1 ? (
        <p className={styles['order']}>
          <span className={styles['orderName']}>{messages.startOrder}</span>
          <Sequence names={startOrder} />
        </p>
      ) : undefined}
      {hookOrders.map(({ hook, before, after }) => (
        <div key={hook} className={styles['order']}>
          <p className={styles['orderName']}>{messages.order(hook)}</p>
          <dl className={styles['orders']}>
            <dt>{messages.before}</dt>
            <dd>
              <Sequence names={before} />
            </dd>
            <dt>{messages.after}</dt>
            <dd>
              <Sequence names={after} />
            </dd>
          </dl>
        </div>
      ))}
    </>
  );
}

function PlannedChange({ change }: { readonly change: PluginChangeView }) {
  const { pluginId, action, reason } = change;
  return (
    <li className={styles['change']}>
      <StateNode tone={NODES[action]} />
      <div className={styles['words']}>
        <p>
          <strong className={styles['plugin']}>{pluginId}</strong> {actionWords[action]}
          <span className={styles['reason']}> · {reason}</span>
        </p>
        <ul role="list" className={styles['consequences']}>
          {consequencesOf(change).map((consequence) => (
            <ConsequenceLine key={consequence.text} {...consequence} />
          ))}
        </ul>
      </div>
    </li>
  );
}

const ConsequenceLine = ({ tone, text, names }: Consequence) => (
  <li className={tone === 'signal' ? styles['weighty'] : undefined}>
    {tone === 'signal' ? <TriangleAlertIcon /> : undefined}
    <span>
      {text}
      {names.length === 0 ? undefined : ': '}
      <NameList names={names} />
    </span>
  </li>
);

const Sequence = ({ names }: { readonly names: readonly string[] }) => (
  <code className={styles['sequence']}>{names.join(' → ')}</code>
);
