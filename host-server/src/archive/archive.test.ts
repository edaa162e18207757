import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { RecordBatch, StoredRecord } from '@parley/contracts';
import { installationFiles, isRestorable } from './installation-files.ts';
import { archiveBatches, archiveFiles, verifyArchive } from './read-archive.ts';
import { writeArchive } from './write-archive.ts';
import type { ArchiveContent } from './write-archive.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'parley-archive-'));
const HEADER = { parley: '0.1.0', driver: 'Test' };
const at = '2026-01-01T00:00:00.000Z';
const record = (id: string, fields: object = {}): StoredRecord => ({
  id,
  tenantId: 't',
  createdAt: at,
  updatedAt: at,
  rev: 1,
  ...fields,
});
const batch = (collection: string, ...records: StoredRecord[]): RecordBatch => ({
  collection,
  version: 2,
  scope: 'user',
  records,
});

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const BATCHES = [batch('a.b', record('1', { text: 'ü\u2028\n"' }), record('2')), batch('a.c', record('1'))];
const contentOf = (more: Partial<ArchiveContent> = {}): ArchiveContent => ({
  header: HEADER,
  files: [],
  batches: each(BATCHES),
  ...more,
});
async function written(more: Partial<ArchiveContent> = {}): Promise<string> {
  const path = join(folder(), 'backup');
  await writeArchive(path, contentOf(more));
  return path;
}

/** The archive with its text changed, its seal left as it was. */
function edited(path: string, edit: (text: string) => string): string {
  writeFileSync(path, zstdCompressSync(edit(zstdDecompressSync(readFileSync(path)).toString())));
  return path;
}

describe('an archive', () => {
  it('gives back the records and the files it was made of', async () => {
    const dataDir = folder();
    const large = Buffer.alloc(500_000, 'abc');
    mkdirSync(join(dataDir, 'plugins/acme.x/1.0.0-12345678'), { recursive: true });
    mkdirSync(join(dataDir, 'plugins/node_modules/zod'), { recursive: true });
    writeFileSync(join(dataDir, 'plugins/acme.x/1.0.0-12345678/server.js'), large);
    writeFileSync(join(dataDir, 'plugins/node_modules/zod/index.js'), 'not ours');
    writeFileSync(join(dataDir, 'composition.json'), '');
    const files = installationFiles({ dataDir, configFile: undefined }, { rootKey: 'k', hasConfig: false });
    const path = await written({ files });

    expect(await all(archiveBatches(path))).toMatchObject(BATCHES);
    const read = new Map<string, Buffer[]>();
    for await (const { path: name, data } of archiveFiles(path)) read.set(name, [...(read.get(name) ?? []), data]);
    expect([...read.keys()]).toEqual(['composition.json', 'secret.key', 'plugins/acme.x/1.0.0-12345678/server.js']);
    expect(Buffer.concat([...read.values()].at(-1) ?? []).equals(large)).toBe(true);
  });

  it('says what it holds once all of it was checked', async () => {
    const { header, footer } = await verifyArchive(await written());
    expect(header).toMatchObject(HEADER);
    expect(footer.records).toBe(3);
    expect(Object.keys(footer.collections)).toEqual(['a.b', 'a.c']);
  });

  it('holds an empty database', async () => {
    expect((await verifyArchive(await written({ batches: each([]) }))).footer.records).toBe(0);
  });

  it('is readable by its owner only', async () => {
    expect(statSync(await written()).mode & 0o777).toBe(0o600);
  });

  it('takes no place that is taken', async () => {
    const path = await written();
    await expect(writeArchive(path, contentOf())).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
  });

  it('leaves nothing when its source fails, or when it is given up', async () => {
    const path = join(folder(), 'backup');
    async function* failing(): AsyncGenerator<RecordBatch> {
      yield BATCHES[0] as RecordBatch;
      throw new Error('the disk broke');
    }
    await expect(writeArchive(path, contentOf({ batches: failing() }))).rejects.toThrow('the disk broke');
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<RecordBatch> {
      for (;;) yield BATCHES[0] as RecordBatch;
    }
    const writing = writeArchive(path, contentOf({ batches: endless() }), {
      signal: controller.signal,
      onProgress: ({ records }) => records > 100 && controller.abort(),
    });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is refused wherever it was cut off or a byte differs, unless its content is the same', async () => {
    const path = await written();
    const { sha256 } = await verifyArchive(path);
    const whole = readFileSync(path);
    const flipped = (place: number) => Buffer.from(whole.map((byte, index) => (index === place ? byte ^ 0x20 : byte)));
    const places = [...whole.keys()].slice(4).filter((place) => place % 5 === 0);
    const outcomes: string[] = [];
    for (const bytes of places.flatMap((place) => [whole.subarray(0, place), flipped(place)])) {
      writeFileSync(path, bytes);
      outcomes.push(
        await verifyArchive(path).then(
          ({ sha256: found }) => found,
          ({ code }: { code: string }) => code,
        ),
      );
    }
    const others = outcomes.filter((outcome) => outcome !== sha256);
    // A changed digit of the version makes it a newer one.
    const refusals = ['ARCHIVE_DAMAGED', 'ARCHIVE_FOREIGN', 'ARCHIVE_NEWER'];
    expect(others.filter((outcome) => !refusals.includes(outcome))).toEqual([]);
    expect(others).toEqual(expect.arrayContaining(['ARCHIVE_DAMAGED', 'ARCHIVE_FOREIGN']));
    expect(others.length).toBeGreaterThan(outcomes.length * 0.9);
  });

  it.each<[string, (text: string) => string]>([
    ['a record is changed', (text) => text.replace('"rev":1', '"rev":2')],
    ['a line is left out', (text) => text.replace(/\n.*"a\.c".*\n/, '\n')],
    ['a line is added', (text) => `${text}{"kind":"file"}\n`],
    ['its footer is changed', (text) => text.replace('"records":3', '"records":4')],
    ['its end is missing', (text) => text.replace(/\n[^\n]*\n$/, '\n')],
    ['it ends within a line', (text) => text.slice(0, -1)],
    ['a line is no JSON', (text) => text.replace('{"kind":"footer"', '{kind')],
  ])('is refused when %s', async (_what, edit) => {
    await expect(verifyArchive(edited(await written(), edit))).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  it('is refused when its format is newer, with both versions', async () => {
    const path = edited(await written(), (text) => text.replace('"formatVersion":1', '"formatVersion":2'));
    const refusal = { code: 'ARCHIVE_NEWER', message: expect.stringContaining('format 2') };
    await expect(verifyArchive(path)).rejects.toMatchObject(refusal);
  });

  it.each<[string, Buffer]>([
    ['text', Buffer.from('hello, this is no archive')],
    ['nothing', Buffer.alloc(0)],
    ['other compressed text', zstdCompressSync(Buffer.from('{"a":1}\n'))],
    ['compressed nothing', zstdCompressSync(Buffer.alloc(0))],
  ])('is not %s', async (_what, bytes) => {
    const path = join(folder(), 'backup');
    writeFileSync(path, bytes);
    await expect(verifyArchive(path)).rejects.toMatchObject({ code: 'ARCHIVE_FOREIGN' });
  });

  it('is missed with its path', async () => {
    const path = join(folder(), 'none');
    await expect(verifyArchive(path)).rejects.toMatchObject({ code: 'ARCHIVE_NOT_FOUND' });
    expect(existsSync(path)).toBe(false);
  });

  it('brings no file from outside of an installation', async () => {
    const files = [{ path: '../../etc/passwd', read: () => each([Buffer.from('x')]) }];
    await expect(verifyArchive(await written({ files }))).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  it.each(['/etc/passwd', 'plugins/../x', 'plugins//x', 'plugins/a/..', 'plugins/node_modules/x', 'config/a/b', ''])(
    'never restores %j',
    (path) => expect(isRestorable(path)).toBe(false),
  );
});
