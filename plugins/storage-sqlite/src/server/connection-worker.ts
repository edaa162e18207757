// A connection on a thread of its own. It runs the SQL it is told, so that nothing of a long statement is on the main thread.
import { backup, DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { RemoteOptions, RemoteReply, RemoteRequest } from './remote-connection.ts';

const ALL_PAGES = 2 ** 31 - 1;
const options = workerData as RemoteOptions;

function open(file: string): DatabaseSync {
  const { readOnly, timeoutMs } = options;
  const opened = new DatabaseSync(file, { readOnly, timeout: timeoutMs, returnArrays: true });
  opened.function('parley_number', { deterministic: true }, (text) => (text === null ? null : Number(text)));
  return opened;
}

let db = open(options.file);

function readRows({ sql, values, maxCharacters }: Extract<RemoteRequest, { sql: string }>): unknown[] {
  const rows: unknown[] = [];
  let characters = 0;
  for (const row of db.prepare(sql).iterate(...values) as unknown as Iterable<unknown[]>) {
    rows.push(row);
    characters += typeof row[0] === 'string' ? row[0].length : 0;
    if (characters >= maxCharacters) break;
  }
  return rows;
}

/** Puts what this connection sees into a file of its own and goes on with that. */
async function moveTo(path: string): Promise<unknown[]> {
  await backup(db, path, { rate: ALL_PAGES });
  db.close();
  db = open(path);
  return [];
}

const toReply = (error: unknown): RemoteReply['error'] => {
  const { message, code, errcode } = error as { message?: unknown; code?: unknown; errcode?: unknown };
  return { message: String(message), code, errcode };
};

async function answer(request: RemoteRequest): Promise<void> {
  let reply: Omit<RemoteReply, 'id'>;
  try {
    reply = { rows: 'sql' in request ? readRows(request) : await moveTo(request.moveTo) };
  } catch (error) {
    reply = { error: toReply(error) };
  }
  parentPort?.postMessage({ id: request.id, ...reply } satisfies RemoteReply, []);
}

parentPort?.on('message', (request: RemoteRequest) => void answer(request));
