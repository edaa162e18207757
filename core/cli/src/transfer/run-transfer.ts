import { createProgressBar } from '../print/progress.ts';
import type { Progress } from './open-transfer.ts';

const LABELS: Readonly<Record<Progress['step'], string>> = {
  verify: 'checking the backup',
  backup: 'backing up',
  restore: 'restoring',
  copy: 'copying',
  compare: 'comparing',
};

const INTERRUPTED = 130;

/** What a command that moves records is run with. */
export interface Run {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Runs a command with its progress on standard error; Ctrl-C ends it in order, a second one at once. */
export async function runTransfer<T>(work: (run: Run) => Promise<T>, afterInterrupt: string): Promise<T> {
  const bar = createProgressBar();
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  const onProgress = ({ step, total, records, bytes }: Progress) => {
    const label = LABELS[step];
    if (records === undefined) bar.show({ label, total, done: bytes ?? 0, unit: 'bytes' });
    else bar.show({ label, total, done: records, unit: 'records', bytes });
  };
  try {
    return await work({ signal: controller.signal, onProgress });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    bar.end();
    process.stderr.write(`Interrupted. ${afterInterrupt}\n`);
    return process.exit(INTERRUPTED);
  } finally {
    bar.end();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}
