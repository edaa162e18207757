import { Button } from '@parley/ui/button';
import { DialogTrigger } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { LeaveDialog } from './leave-dialog.tsx';
import { messages } from './messages.ts';
import styles from './privacy.module.css';
import { type ExportState, useExport } from './use-export.ts';

/** The settings page where people take their data, or leave. */
export function DataSettings() {
  return (
    <div className={styles['page']}>
      <ExportSection />
      <section className={styles['section']} aria-labelledby="privacy-leave">
        <h3 id="privacy-leave" className={styles['title']}>
          {messages.leaveTitle}
        </h3>
        <p className={styles['text']}>{messages.leaveText}</p>
        <DialogTrigger>
          <Button variant="danger">{messages.leave}</Button>
          <LeaveDialog />
        </DialogTrigger>
      </section>
    </div>
  );
}

function ExportSection() {
  const { state, start, cancel } = useExport();
  const isRunning = state.kind === 'running';
  return (
    <section className={styles['section']} aria-labelledby="privacy-export">
      <h3 id="privacy-export" className={styles['title']}>
        {messages.exportTitle}
      </h3>
      <p className={styles['text']}>{messages.exportText}</p>
      <div className={styles['progress']}>
        <Button isPending={isRunning} onPress={start}>
          {messages.exportStart}
        </Button>
        {isRunning ? (
          <Button variant="quiet" onPress={cancel}>
            {messages.exportCancel}
          </Button>
        ) : undefined}
        <p role="status" className={styles['note']}>
          {describe(state)}
        </p>
      </div>
      {state.kind === 'failed' ? (
        <ErrorState title={messages.exportFailed} cause={state.reason} onRetry={start} />
      ) : undefined}
    </section>
  );
}

function describe(state: ExportState): string {
  switch (state.kind) {
    case 'running':
      return state.bytes === 0 ? messages.exportWaiting : messages.exportRunning(messages.megabytes(state.bytes));
    case 'done':
      return messages.exportDone(state.name, messages.megabytes(state.bytes));
    case 'cancelled':
      return messages.exportCancelled;
    default:
      return '';
  }
}
