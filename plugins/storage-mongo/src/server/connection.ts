import type { Connection, mongo } from 'mongoose';
import { keepWatch } from './keep-watch.ts';
import { toOpenError } from './mongo-errors.ts';

/** How to reach the database. */
export interface ConnectionOptions {
  readonly url: string;
  readonly database?: string | undefined;
  readonly maxPoolSize: number;
  readonly minPoolSize: number;
  readonly serverSelectionTimeoutMs: number;
  readonly operationTimeoutMs: number;
}

/** An open connection and what its server can do. */
export interface Opened {
  readonly connection: Connection;
  readonly db: mongo.Db;
  readonly client: mongo.MongoClient;
  /** Size of a document in bytes. */
  readonly sizeOf: (document: object) => number;
  close(): Promise<void>;
  /** For people: `MongoDB 8.0.4, replica set`. */
  readonly server: string;
  /** A replica set or a sharded cluster: transactions and snapshots are the server's own. */
  readonly hasTransactions: boolean;
  /** Whether the server removes what has expired by itself. */
  readonly hasTtl: boolean;
  /** Most updates in one command. FerretDB 1.24 waits for itself for ever from a hundred on. */
  readonly maxUpdates: number;
}

/** The hosts of a connection string, without user, password and options. */
export function hostsOf(url: string): string {
  const hosts = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1];
  return hosts ?? 'the address of the connection string';
}

/** How often the client looks whether a server is well, and how much longer than planned a look may take. Units: milliseconds. */
const LOOK_MS = 2_000;
const LATE_MS = 3_000;

const databaseOf = (url: string): string | undefined => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1];

/** Opens a connection; it reconnects by itself from then on. @throws STORAGE_MONGO_UNREACHABLE, STORAGE_MONGO_SIGN_IN */
export async function openConnection(options: ConnectionOptions): Promise<Opened> {
  const { default: mongoose } = await import('mongoose');
  const database = options.database ?? databaseOf(options.url) ?? 'parley';
  const connection = mongoose.createConnection();
  // Reported by each call that it concerns; without a listener Node would end the process.
  connection.on('error', () => undefined);
  try {
    await connection.openUri(options.url, {
      dbName: database,
      appName: 'parley',
      maxPoolSize: options.maxPoolSize,
      minPoolSize: options.minPoolSize,
      serverSelectionTimeoutMS: options.serverSelectionTimeoutMs,
      waitQueueTimeoutMS: options.operationTimeoutMs,
      socketTimeoutMS: options.operationTimeoutMs,
      connectTimeoutMS: options.serverSelectionTimeoutMs,
      heartbeatFrequencyMS: LOOK_MS,
      readPreference: 'primary',
      retryReads: true,
      retryWrites: true,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
    });
    const client = connection.getClient();
    const stopWatching = keepWatch(client, options.serverSelectionTimeoutMs + LOOK_MS + LATE_MS);
    const db = client.db(database);
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    const build = await admin.command({ buildInfo: 1 });
    const isFerret = 'ferretdbVersion' in build || 'ferretdb' in build;
    const hasTransactions = !isFerret && (typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid');
    const kind = isFerret ? 'FerretDB, as MongoDB' : hasTransactions ? 'MongoDB, replica set' : 'MongoDB, standalone';
    return {
      connection,
      async close() {
        stopWatching();
        await connection.close(true);
      },
      db,
      client,
      sizeOf: (document) => mongoose.mongo.BSON.calculateObjectSize(document),
      server: `${kind} ${String(build['version'])}`,
      hasTransactions,
      hasTtl: !isFerret,
      maxUpdates: isFerret ? 20 : 1_000,
    };
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw toOpenError(error, hostsOf(options.url), database);
  }
}
