import type { AnyHook, ChangedPart, StreamTap, Trace } from '@parley/contracts';
import { reasonOf } from '../kernel-errors.ts';
import type { RegisteredTap } from './registered-tap.ts';

type Part = unknown;
type Emit = (part: Part) => void;

/** Changed parts told with their content; the rest is only counted. */
const KEPT = 5;

const isSame = (one: Part, other: Part): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** The same tap, which tells `trace` at its end what it did to the stream. */
export function traceStreamTap(
  { id: hook }: AnyHook,
  { pluginId }: RegisteredTap,
  running: StreamTap<Part>,
  trace: Trace,
): StreamTap<Part> {
  const startedAtMs = Date.now();
  const changed: ChangedPart[] = [];
  let [partsIn, partsOut, changedParts, durationMs, furtherMs] = [0, 0, 0, 0, 0];
  let error: string | undefined;

  // What runs inside `emit` is the time of the taps that follow, not of this one.
  const timed = (work: (collect: Emit) => void, emit: Emit): readonly Part[] => {
    const output: Part[] = [];
    const startedMs = performance.now();
    furtherMs = 0;
    try {
      work((part) => {
        output.push(part);
        partsOut += 1;
        const leftMs = performance.now();
        emit(part);
        furtherMs += performance.now() - leftMs;
      });
    } catch (thrown) {
      error ??= reasonOf(thrown);
      throw thrown;
    } finally {
      durationMs += performance.now() - startedMs - furtherMs;
    }
    return output;
  };
  const note = (input: Part, output: readonly Part[]): void => {
    if (output.length === 1 && isSame(input, output[0])) return;
    changedParts += 1;
    if (changed.length < KEPT) changed.push({ input, output });
  };

  return {
    onPart(part, emit) {
      partsIn += 1;
      note(
        part,
        timed((collect) => running.onPart(part, collect), emit),
      );
    },
    onEnd(emit) {
      try {
        const released = timed((collect) => running.onEnd?.(collect), emit);
        if (released.length > 0) note(undefined, released);
      } finally {
        const counts = { partsIn, partsOut, changed, changedParts };
        const failure = error === undefined ? {} : { error };
        trace({ kind: 'stream', hook, pluginId, startedAtMs, durationMs, ...counts, ...failure });
      }
    },
  };
}
