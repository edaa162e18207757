import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AnswerMessage, TaskFailure, TaskName, WorkerSettings, WorkerTasks } from './worker-messages.ts';

/** A task that a worker could not do. */
export class TaskError extends Error {
  readonly kind: TaskFailure['kind'];
  constructor({ kind, message }: TaskFailure) {
    super(message);
    this.kind = kind;
  }
}

/** One worker and the tasks that wait for it, done one after the other. */
export interface WorkerLine {
  /** @throws TaskError, and the signal's reason */
  ask<N extends TaskName>(
    name: N,
    task: WorkerTasks[N]['task'],
    signal?: AbortSignal,
  ): Promise<WorkerTasks[N]['answer']>;
  /** Tasks under way and waiting. */
  readonly waiting: number;
  /** Ends the worker; what waits fails. The next task starts another one. */
  end(): Promise<void>;
}

const CLOSE_MS = 2_000;

interface Waiting {
  readonly message: { readonly number: number; readonly name: TaskName };
  readonly settle: (outcome: { readonly answer: unknown } | { readonly error: unknown }) => void;
}

const startWorker = (settings: WorkerSettings): Worker => {
  // The running file's own ending: `.ts` from source, `.js` from the build.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  // Nothing of how this process was started, which may be a piece of code, but what source needs to find source.
  const execArgv = ending === '.ts' ? ['--conditions=parley:source'] : [];
  return new Worker(new URL(`./search-worker${ending}`, import.meta.url), { workerData: settings, execArgv });
};

/** Ends a thread: it closes its file, so that the log is folded into it, unless it is busy for too long. */
async function closeThread(worker: Worker): Promise<void> {
  worker.ref();
  const closed = once(worker, 'exit');
  worker.postMessage('close', []);
  const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
  await closed;
  clearTimeout(timer);
}

/** A line to a worker that is started with the first task. */
export function createWorkerLine(options: Omit<WorkerSettings, 'cancelled'>): WorkerLine {
  const cancelled = new SharedArrayBuffer(4);
  const cancelledNumber = new Int32Array(cancelled);
  let worker: Worker | undefined;
  let lastNumber = 0;
  let current: Waiting | undefined;
  const queue: Waiting[] = [];

  const lose = (of: Worker, error: unknown): void => {
    if (worker !== of) return;
    worker = undefined;
    const lost = current;
    current = undefined;
    lost?.settle({ error });
    next();
  };
  const start = (): Worker => {
    const started = startWorker({ ...options, cancelled });
    started.on('message', (message: AnswerMessage) => {
      const done = current;
      if (worker !== started || done?.message.number !== message.number) return;
      current = undefined;
      done.settle('failure' in message ? { error: new TaskError(message.failure) } : { answer: message.answer });
      next();
    });
    const fail = (error: unknown) => lose(started, new TaskError({ kind: 'other', message: String(error) }));
    started.on('error', fail);
    started.on('exit', (code) => fail(`its thread ended with ${code}`));
    return started;
  };
  const next = (): void => {
    if (current !== undefined) return;
    current = queue.shift();
    // A thread that has nothing to do keeps no process from ending.
    if (current === undefined) {
      worker?.unref();
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(current.message, []);
  };

  return {
    get waiting() {
      return queue.length + (current === undefined ? 0 : 1);
    },
    async ask(name, task, signal) {
      signal?.throwIfAborted();
      lastNumber = (lastNumber % 0x7f_ff_ff_ff) + 1;
      const number = lastNumber;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const waiting: Waiting = {
        message: { ...task, number, name },
        settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.answer)),
      };
      const leave = (): void => {
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
        else Atomics.store(cancelledNumber, 0, number);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      next();
      try {
        return (await promise) as WorkerTasks[typeof name]['answer'];
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    async end() {
      const ended = worker;
      const lost = [...(current === undefined ? [] : [current]), ...queue.splice(0)];
      worker = undefined;
      current = undefined;
      for (const { settle } of lost)
        settle({ error: new TaskError({ kind: 'other', message: 'the index was closed' }) });
      if (ended !== undefined) await closeThread(ended);
    },
  };
}
