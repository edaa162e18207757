import { isFinal } from '@parley/contracts';
import type { Message, RunEvent, SseFrames } from '@parley/contracts';
import { Waiter } from './doorbell.ts';
import type { Doorbell } from './doorbell.ts';
import { toStart } from './entities.ts';
import type { RunRecord } from './entities.ts';
import type { JournalTail } from './journal-reader.ts';
import type { LiveRun } from './live-run.ts';
import { toChunk, toFrames } from './log-encoding.ts';
import type { Frames } from './log-encoding.ts';
import type { SealedLogs } from './sealed-log.ts';

/** What a reader of runs needs. */
export interface FollowDeps {
  readonly sealedLogs: Pick<SealedLogs, 'read'>;
  readonly doorbell: Doorbell;
  readonly findLive: (runId: string) => LiveRun | undefined;
  /** What a run of another process says; `undefined` once it has ended. */
  readonly findTail: (runId: string) => Promise<JournalTail | undefined>;
  /** The run as it is now; `undefined` once it is gone. */
  readonly findRun: (runId: string, ownerId: string) => Promise<RunRecord | undefined>;
  readonly findMessage: (run: RunRecord) => Promise<Message | undefined>;
  /** Whether the log of a finished run is past its time, even where it has not been removed yet. */
  readonly isLogExpired: (run: RunRecord) => boolean;
  /** How long a bell may be late, milliseconds; runs of this process need none. */
  readonly pollMs: number;
}

const frameOf = (event: RunEvent): string => toFrames([toChunk(event)], event.seq - 1)?.frames ?? '';

/** Stands for a log that is no longer kept: the whole message, then the end. */
function toSnapshot(run: RunRecord, lastSeq: number, message: Message | undefined): string {
  const end = frameOf({
    type: 'run-end',
    seq: lastSeq,
    state: run.state,
    ...(run.usage === undefined ? {} : { usage: run.usage }),
    ...(run.error === undefined ? {} : { error: run.error }),
  });
  if (!message) return end;
  return frameOf({ type: 'snapshot', seq: Math.max(1, lastSeq - 1), message }) + end;
}

/**
 * A cursor over one run: everything durable after position `after`, in order and without holes, then what comes, until
 * the run has ended or the reader leaves. It holds nothing while nobody reads from it.
 */
export async function* followRun(
  deps: FollowDeps,
  reader: { readonly run: RunRecord; readonly ownerId: string; readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<SseFrames> {
  const { run, ownerId, signal } = reader;
  const live = deps.findLive(run.id);
  const of = { runId: run.id, ownerId };
  let cursor = reader.after;
  const waiter = new Waiter();
  const unlisten = deps.doorbell.listen(run.id, waiter.wake);
  const removeReader = live?.addReader();
  signal.addEventListener('abort', waiter.wake, { once: true });

  const isKept = !deps.isLogExpired(run);
  let tail: JournalTail | undefined;
  // What the journal of another process holds, the sealed log will hold: the run is looked at only when nothing comes.
  const next = async (): Promise<Frames | undefined> => {
    if (live) return live.read(cursor);
    if (isFinal(run.state)) return undefined;
    if (cursor === 0) return toFrames([toChunk(toStart(run))], 0);
    tail ??= await deps.findTail(run.id);
    return tail?.read(cursor);
  };

  try {
    while (!signal.aborted) {
      const chunk = await next();
      if (chunk) {
        cursor = chunk.lastSeq;
        yield { sseFrames: chunk.frames };
        if (chunk.isEnd) return;
      } else if (live && !live.isEnded) {
        await waiter.wait();
      } else {
        const now = await deps.findRun(run.id, ownerId);
        if (!now) return;
        if (!isFinal(now.state) || now.lastSeq === undefined) {
          await waiter.wait(deps.pollMs);
          continue;
        }
        if (cursor >= now.lastSeq) return;
        const rest = isKept ? await deps.sealedLogs.read(of, cursor) : undefined;
        if (!rest) {
          yield { sseFrames: toSnapshot(now, now.lastSeq, await deps.findMessage(now)) };
          return;
        }
        cursor = rest.lastSeq;
        yield { sseFrames: rest.frames };
        if (rest.isEnd) return;
      }
    }
  } finally {
    unlisten();
    removeReader?.();
    signal.removeEventListener('abort', waiter.wake);
  }
}
