import { parentPort, workerData } from 'node:worker_threads';
import { beginAnew, isDamage, openForReading, openForWriting, readStatistics, sqliteCode } from './database.ts';
import type { Database } from './database.ts';
import { searchDocuments } from './search-documents.ts';
import type { AnswerMessage, TaskFailure, TaskMessage, WorkerSettings } from './worker-messages.ts';
import { putDocuments, removeDocuments, removeOwner } from './write-documents.ts';

const FULL = 13;

class Stopped extends Error {
  readonly kind: 'slow' | 'cancelled';
  constructor(kind: 'slow' | 'cancelled') {
    super(`the task was ended: ${kind}`);
    this.kind = kind;
  }
}

const { file, busyTimeoutMs, role, cancelled } = workerData as WorkerSettings;
const cancelledNumber = new Int32Array(cancelled);
let opened: { readonly database: Database; readonly wasDamaged: boolean } | undefined;

function openOnce(): { readonly database: Database; readonly wasDamaged: boolean } {
  opened ??=
    role === 'writer'
      ? openForWriting(file, busyTimeoutMs)
      : { database: openForReading(file, busyTimeoutMs), wasDamaged: false };
  return opened;
}

function search(database: Database, { number, query, cursor, limitMs }: Extract<TaskMessage, { name: 'search' }>) {
  const endMs = performance.now() + limitMs;
  return searchDocuments(database, query, cursor, () => {
    if (Atomics.load(cancelledNumber, 0) === number) throw new Stopped('cancelled');
    if (performance.now() > endMs) throw new Stopped('slow');
  });
}

function write(database: Database, task: Exclude<TaskMessage, { name: 'search' | 'statistics' | 'open' }>): void {
  if (task.name === 'put') putDocuments(database, task.documents);
  else if (task.name === 'remove') removeDocuments(database, task.collection, task.ids);
  else if (task.name === 'removeOwner') removeOwner(database, task.tenantId, task.ownerId);
  else beginAnew(database);
}

function work(task: TaskMessage): unknown {
  const { database, wasDamaged } = openOnce();
  if (task.name === 'open') return { wasDamaged };
  if (task.name === 'search') return search(database, task);
  if (task.name === 'statistics') return readStatistics(database);
  write(database, task);
  return undefined;
}

function toFailure(error: unknown): TaskFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Stopped) return { kind: error.kind, message };
  if (isDamage(error)) return { kind: 'damage', message };
  return { kind: sqliteCode(error) === FULL ? 'full' : 'other', message };
}

function answer(task: TaskMessage): AnswerMessage {
  const { number } = task;
  try {
    return { number, answer: work(task) };
  } catch (error) {
    return { number, failure: toFailure(error) };
  }
}

parentPort?.on('message', (task: TaskMessage | 'close') => {
  if (task !== 'close') return parentPort?.postMessage(answer(task), []);
  opened?.database.close();
  parentPort?.close();
});
