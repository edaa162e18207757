import type { SearchDocument, SearchQuery, SearchStatistics } from '@parley/contracts';
import type { Cursor } from './cursor.ts';
import type { Found } from './search-documents.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly role: 'writer' | 'reader';
  /** Holds the number of a task that nobody waits for any more. */
  readonly cancelled: SharedArrayBuffer;
}

/** What a worker can be asked, with its answer. */
export interface WorkerTasks {
  /** Makes the file ready. */
  open: { readonly task: object; readonly answer: { readonly wasDamaged: boolean } };
  put: { readonly task: { readonly documents: readonly SearchDocument[] }; readonly answer: undefined };
  remove: {
    readonly task: { readonly collection: string; readonly ids: readonly string[] };
    readonly answer: undefined;
  };
  removeOwner: { readonly task: { readonly tenantId: string; readonly ownerId: string }; readonly answer: undefined };
  clear: { readonly task: object; readonly answer: undefined };
  statistics: { readonly task: object; readonly answer: Omit<SearchStatistics, 'bytes'> };
  search: {
    readonly task: { readonly query: SearchQuery; readonly cursor: Cursor | undefined; readonly limitMs: number };
    readonly answer: Found;
  };
}

export type TaskName = keyof WorkerTasks;

/** A task on its way to a worker. */
export type TaskMessage = {
  readonly [N in TaskName]: { readonly number: number; readonly name: N } & WorkerTasks[N]['task'];
}[TaskName];

/** Why a task failed. */
export interface TaskFailure {
  readonly kind: 'damage' | 'slow' | 'cancelled' | 'full' | 'other';
  readonly message: string;
}

/** What comes back. */
export type AnswerMessage =
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly failure: TaskFailure };
