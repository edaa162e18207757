import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startTestServer } from '../../plugins/storage-mongo/src/server/fixtures/test-server.ts';
import { checkIntegrity } from './integrity.ts';
import type { ServerOptions } from './server.ts';

/** Databases by name: one is filled, and the others are copies of it. */
export interface Copies {
  /** Which database it is, for people. */
  readonly title: string;
  /** What a server needs to keep its records there. */
  options(name: string): Pick<ServerOptions, 'dataDir' | 'env'>;
  copy(from: string, to: string): Promise<void>;
  drop(name: string): Promise<void>;
  /** What is wrong with the database itself; `undefined` when nothing is. */
  problem(name: string): string | undefined;
  close(): Promise<void>;
}

/** Data folders, each with its file. */
export function createFileCopies(folder: string): Copies {
  const at = (name: string): string => join(folder, name);
  return {
    title: 'SQLite',
    options: (name) => ({ dataDir: at(name) }),
    copy: (from, to) => cp(at(from), at(to), { recursive: true }),
    drop: (name) => rm(at(name), { recursive: true }),
    problem(name) {
      const integrity = checkIntegrity(at(name));
      return integrity === 'ok' ? undefined : `integrity_check: ${integrity}`;
    },
    close: () => Promise.resolve(),
  };
}

/** Databases of one MongoDB-compatible server, which is started here. */
export async function createMongoCopies(folder: string): Promise<Copies> {
  const server = await startTestServer();
  const client = await new mongoose.mongo.MongoClient(server.url).connect();
  const databaseOf = (name: string): string => `chaos_${name}`;
  return {
    title: server.name,
    options: (name) => ({
      dataDir: join(folder, name),
      env: { MONGODB_URI: Object.assign(new URL(server.url), { pathname: `/${databaseOf(name)}` }).href },
    }),
    async copy(from, to) {
      const [source, target] = [client.db(databaseOf(from)), client.db(databaseOf(to))];
      for (const { name } of await source.listCollections({}, { nameOnly: true }).toArray()) {
        const documents = await source.collection(name).find().toArray();
        if (documents.length > 0) await target.collection(name).insertMany(documents);
      }
      await cp(join(folder, from), join(folder, to), { recursive: true });
    },
    async drop(name) {
      await client.db(databaseOf(name)).dropDatabase();
      await rm(join(folder, name), { recursive: true });
    },
    problem: () => undefined,
    async close() {
      await client.close();
      await server.stop();
    },
  };
}
