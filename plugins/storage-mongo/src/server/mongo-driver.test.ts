import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isAppError } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import * as z from 'zod';
import { hostsOf, openConnection } from './connection.ts';
import { toDocument, toRecord as fromDocument } from './documents.ts';
import {
  dropDatabase,
  newDatabase,
  openTestDriver,
  sharedServer,
  stopSharedServer,
  testOptions,
  whyNoServer,
} from './fixtures/shared-server.ts';
import { createLayout } from './layout.ts';
import { createModels } from './models.ts';
import { toOpenError, toStorageError } from './mongo-errors.ts';

afterAll(stopSharedServer);

const collection: Collection = {
  name: 'driver.note',
  scope: 'user',
  version: 3,
  indexes: [{ fields: ['ownerId', 'slug'], unique: true }],
  ttl: 'expiresAt',
};
const toRecord = (id: string, fields: Readonly<Record<string, unknown>> = {}): StoredRecord => ({
  id,
  tenantId: 'tenant',
  ownerId: 'owner',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  rev: 1,
  ...fields,
});
const layout = createLayout(collection);
const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, field]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(field)])
    : [];

describe('documents', () => {
  it('hold the record as it is, and beside it what the driver needs', () => {
    const record = toRecord('a', { slug: 's', expiresAt: '2026-06-01T00:00:00.000Z', parts: [{ text: 'x' }] });
    const { id, ...fields } = record;
    expect(toDocument(layout, record)).toEqual({
      _id: id,
      ...fields,
      _parley: {
        version: 3,
        expiresAt: new Date('2026-06-01T00:00:00.000Z'),
        unique: { 'ownerId+slug': '["owner","s"]' },
      },
    });
  });

  it('give back every name and value that means something to MongoDB', () => {
    const names = [
      '$where',
      'a.b',
      'a\u0000b',
      '',
      '%24',
      '%',
      '__proto__',
      '_bsontype',
      '_id',
      '_parley',
      '%list',
      'x%',
    ];
    const nested = Object.fromEntries(names.map((name) => [name, { [name]: [[name]] }]));
    const record = toRecord('a', { ...nested, none: null, deep: [[[1]], { $ne: null }] });
    const document = toDocument(layout, record);
    expect(fromDocument(document)).toEqual(record);
    const odd = keysOf(document).filter(
      (key) => key.startsWith('$') || key.includes('.') || key.includes('\u0000') || key === '_bsontype',
    );
    expect(odd).toEqual([]);
  });
});

describe('errors', () => {
  it('name the host and what is wrong, and hold nothing else of the connection string', () => {
    expect(hostsOf('mongodb://ada:secret@db.example:27017,db2/parley?x=secret')).toBe('db.example:27017,db2');
    const codeOf = (error: object) => {
      const made = toOpenError(error, 'db', 'parley');
      return isAppError(made) ? made.code : undefined;
    };
    expect(codeOf({ name: 'MongoServerError', code: 18, message: 'Authentication failed.' })).toBe(
      'STORAGE_MONGO_SIGN_IN',
    );
    expect(codeOf({ name: 'MongoServerError', code: 13, message: 'not authorized' })).toBe('STORAGE_MONGO_NOT_ALLOWED');
    expect(codeOf({ name: 'MongooseServerSelectionError', message: 'getaddrinfo ENOTFOUND db' })).toBe(
      'STORAGE_MONGO_UNREACHABLE',
    );
  });

  const codes = [
    [{ name: 'MongoServerError', code: 10_107, message: 'not primary' }, 'STORAGE_UNAVAILABLE'],
    [{ name: 'MongoNetworkError', message: 'connection closed' }, 'STORAGE_UNAVAILABLE'],
    [{ name: 'Error', code: 'EPIPE', message: 'This socket has been ended by the other party' }, 'STORAGE_UNAVAILABLE'],
    [{ name: 'MongoWriteConcernError', code: 64, message: 'waiting for replication timed out' }, 'STORAGE_UNAVAILABLE'],
    [{ name: 'MongoServerError', code: 14_031, message: 'OutOfDiskSpace' }, 'STORAGE_FULL'],
    [{ name: 'MongoServerError', code: 10_334, message: 'BSONObj size is invalid' }, 'STORAGE_INVALID'],
    [{ name: 'MongoServerError', code: 13, message: 'not authorized on x' }, 'STORAGE_MONGO_NOT_ALLOWED'],
  ] as const;
  for (const [error, code] of codes) {
    it(`of MongoDB: ${error.message} is ${code}`, () => {
      const made = toStorageError(error, 'note');
      expect(isAppError(made) ? made.code : made).toBe(code);
    });
  }

  it('tell a name that nobody knows', async () => {
    const url = 'mongodb://ada:very-secret@no-such-host.invalid:27017/';
    const opening = openConnection({ ...testOptions(url, 'x'), serverSelectionTimeoutMs: 500 });
    await expect(opening).rejects.toThrow('no-such-host.invalid');
    await expect(opening).rejects.not.toThrow('very-secret');
  }, 30_000);
});

describe('a driver on a server', () => {
  let database: string;
  let reason: string | undefined;
  beforeAll(async () => {
    reason = await whyNoServer();
  }, 600_000);
  beforeEach(() => {
    database = newDatabase();
  });
  afterEach(async () => {
    if (reason === undefined) await dropDatabase(database);
  });
  const test = (name: string, run: () => Promise<void>) =>
    it(name, async () => (reason === undefined ? run() : console.info(`skipped: ${reason}`)), 120_000);

  test('refuses a record that MongoDB can not keep, with its size, and goes on', async () => {
    const driver = await openTestDriver(database);
    await driver.prepare([collection]);
    const insert = (id: string, fields = {}) =>
      ({ kind: 'insert', collection: collection.name, record: toRecord(id, fields) }) as const;
    const text = 'x'.repeat(17_000_000);
    await expect(driver.write([insert('a', { text })])).rejects.toMatchObject({
      code: 'STORAGE_INVALID',
      message: expect.stringMatching(/takes 170\d+ bytes/) as unknown,
    });
    await expect(driver.write([insert('b'), insert('a', { text })])).rejects.toMatchObject({ code: 'STORAGE_INVALID' });
    await driver.write([insert('c', { text: 'x'.repeat(15_000_000) })]);
    await driver.write([insert('d', { text: 'x'.repeat(9_000_000) }), insert('e', { text: 'x'.repeat(9_000_000) })]);
    expect(await driver.count(collection.name, {})).toBe(3);
    await driver.close();
  });

  test('backs up a record that an insert of the same id was refused for meanwhile', async () => {
    const driver = await openTestDriver(database);
    await driver.prepare([collection]);
    const insert = (id: string) => ({ kind: 'insert', collection: collection.name, record: toRecord(id) }) as const;
    await driver.write(Array.from({ length: 600 }, (_, index) => insert(`id-${String(index).padStart(3, '0')}`)));
    const seen: string[] = [];
    for await (const { records } of driver.backup()) {
      if (seen.length === 0)
        await expect(driver.write([insert('id-599')])).rejects.toMatchObject({ code: 'STORAGE_DUPLICATE' });
      seen.push(...records.map(({ id }) => id));
    }
    expect(seen.length).toBe(600);
    await driver.close();
  });

  test('has models that read what the driver wrote', async () => {
    const driver = await openTestDriver(database);
    await driver.prepare([collection]);
    await driver.write([
      { kind: 'insert', collection: collection.name, record: toRecord('a', { slug: 's', tags: ['t'] }) },
    ]);
    const opened = await openConnection(testOptions((await sharedServer()).url, database));
    const schema = z.object({
      slug: z.string().optional(),
      tags: z.array(z.string()),
      expiresAt: z.string().optional(),
    });
    const { 'driver.note': Note } = await createModels(opened.connection, [{ ...collection, schema }]);
    const found = await Note?.findOne({ slug: 's' }).lean();
    expect(found).toMatchObject({ _id: 'a', ownerId: 'owner', tags: ['t'] });
    expect(Note?.schema.path('tags')?.instance).toBe('Array');
    expect(Note?.schema.indexes().map(([key]) => Object.keys(key).join())).toEqual([
      '_parley.unique.ownerId+slug',
      'ownerId,slug,_id',
      'ownerId,_id',
      '_parley.expiresAt',
    ]);
    await opened.connection.close();
    await driver.close();
  });
});
