import { type AppliedView, PluginStateName } from '@parley/contracts';
import { ErrorState } from '@parley/ui/error-state';
import { CircleCheckIcon, RotateCcwIcon, TriangleAlertIcon } from '@parley/ui/icon';
import { StateNode } from '../state/state-node.tsx';
import { needsSomebody, stateWords } from '../state/state-words.ts';
import styles from './change.module.css';
import { messages } from './messages.ts';

interface AppliedResultProps {
  readonly applied: AppliedView;
  readonly isUndone: boolean;
  readonly undoError: Error | null;
}

/** What was done, and where each plugin stands now. */
export function AppliedResult({ applied, isUndone, undoError }: AppliedResultProps) {
  if (isUndone) {
    return (
      <div role="status" className={styles['outcome']}>
        <RotateCcwIcon />
        <div>
          <p className={styles['boxTitle']}>{messages.undone}</p>
          <p>{messages.undoneText}</p>
        </div>
      </div>
    );
  }
  const isMixed = applied.plugins.some(({ state }) => {
    const known = PluginStateName.safeParse(state);
    return known.success && needsSomebody(known.data);
  });
  return (
    <>
      <p role="status" className={`${styles['outcome'] ?? ''} ${isMixed ? (styles['mixed'] ?? '') : ''}`}>
        {isMixed ? <TriangleAlertIcon /> : <CircleCheckIcon />}
        <span className={styles['boxTitle']}>
          {isMixed ? messages.appliedMixed(applied.tookMs) : messages.applied(applied.tookMs)}
        </span>
      </p>
      {undoError ? <ErrorState title={messages.undoFailed} cause={undoError.message} /> : undefined}
      {applied.warnings.map((warning) => (
        <p key={warning} className={styles['notice']}>
          {warning}
        </p>
      ))}
      <ul role="list" aria-label={messages.done} className={styles['spine']}>
        {applied.plugins.map((plugin) => {
          const state = PluginStateName.safeParse(plugin.state);
          const words = state.success ? stateWords(state.data) : undefined;
          return (
            <li key={plugin.id} className={styles['change']}>
              <StateNode tone={words?.tone ?? 'quiet'} />
              <div className={styles['words']}>
                <p>
                  <strong className={styles['plugin']}>{plugin.id}</strong> {messages.nowIs}{' '}
                  {(words?.name ?? plugin.state).toLowerCase()}
                  <span className={styles['reason']}> · {plugin.reason ?? messages.generation(plugin.generation)}</span>
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
