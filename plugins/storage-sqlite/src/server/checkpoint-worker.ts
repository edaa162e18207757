import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

// A connection of its own: SQLite lets it copy pages of the log into the file while the main thread goes on writing.
const db = new DatabaseSync(String(workerData), { timeout: 0 });

parentPort?.on('message', () => {
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  parentPort?.postMessage('done', []);
});
