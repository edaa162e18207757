import { AppError } from '@parley/contracts';
import type { RunEvent } from '@parley/contracts';
import { resumeStream } from '../client/resume-stream.ts';
import type { OpenStream, ResumeOptions, ResumeState } from '../client/resume-stream.ts';
import type { RunFold } from './run-fold.ts';

/** What `followRun` needs. */
export interface FollowOptions {
  readonly open: OpenStream<RunEvent>;
  readonly signal: AbortSignal;
  readonly fold: RunFold;
  readonly onChange: () => void;
  readonly onState: (state: ResumeState) => void;
  readonly wait: NonNullable<ResumeOptions<RunEvent>['wait']>;
}

const MOST_GAPS = 5;

/**
 * Folds the log of a run until its last event or until the server has no more; opens again after the last good event
 * when one is missing.
 * @throws what `resumeStream` throws; CLIENT_STREAM_GAP when the same event stays missing
 */
export async function followRun(options: FollowOptions): Promise<void> {
  let gaps = 0;
  let stuckAt = -1;
  for (;;) {
    if ((await readOnce(options)) === 'ended') return;
    gaps = stuckAt === options.fold.seq ? gaps + 1 : 1;
    stuckAt = options.fold.seq;
    if (gaps >= MOST_GAPS) throw missingEvent(stuckAt + 1);
  }
}

async function readOnce({ open, signal, fold, onChange, onState, wait }: FollowOptions): Promise<'ended' | 'gap'> {
  const events = resumeStream(open, {
    signal,
    onState,
    isLast: (event) => event.type === 'run-end' && event.seq <= fold.seq,
    ...(fold.seq === 0 ? {} : { lastEventId: String(fold.seq) }),
    wait,
  });
  for await (const { event } of events) {
    const outcome = fold.apply(event);
    if (outcome === 'gap') return 'gap';
    if (outcome === 'applied') onChange();
  }
  return 'ended';
}

const missingEvent = (seq: number): AppError =>
  new AppError({
    code: 'CLIENT_STREAM_GAP',
    status: 502,
    message: `Event ${seq} of this answer stays missing; load the conversation again`,
  });
