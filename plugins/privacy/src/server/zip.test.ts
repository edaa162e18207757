import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readZip } from './fixtures/read-zip.ts';
import { zip } from './zip.ts';
import type { ZipFile } from './zip.ts';

async function* filesOf(contents: Readonly<Record<string, readonly (string | Uint8Array)[]>>): AsyncGenerator<ZipFile> {
  for (const [path, pieces] of Object.entries(contents)) {
    yield {
      path,
      async *read() {
        yield* pieces;
      },
    };
  }
}
async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
const AT_MS = Date.parse('2026-03-04T05:06:08Z');

describe('a zip file', () => {
  it('holds what was put in, names and texts of any script', async () => {
    const big = 'x'.repeat(300_000);
    const archive = await collect(
      zip(
        filesOf({ 'a/b.txt': ['one ', 'two'], 'schön 日本.txt': ['Grüße 😀'], empty: [], 'big.txt': [big, big] }),
        AT_MS,
      ),
    );
    expect([...readZip(archive)]).toEqual([
      ['a/b.txt', 'one two'],
      ['schön 日本.txt', 'Grüße 😀'],
      ['empty', ''],
      ['big.txt', big + big],
    ]);
  });

  it('is opened by somebody else’s program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-zip-'));
    try {
      const path = join(folder, 'a.zip');
      writeFileSync(path, await collect(zip(filesOf({ 'a.txt': ['hello'], 'b/ü.txt': ['there'] }), AT_MS)));
      const read =
        'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip(),z.namelist(),z.infolist()[0].date_time)';
      let said: string;
      try {
        said = execFileSync('python3', ['-c', read, path], { encoding: 'utf8' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['REQUIRE_SERVICES'] === '1') throw error;
        console.warn('skipped: there is no python3 to open the archive with');
        return;
      }
      expect(said.trim()).toBe("None ['a.txt', 'b/ü.txt'] (2026, 3, 4, 5, 6, 8)");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('asks for no more than its reader takes', async () => {
    let made = 0;
    const endless: ZipFile = {
      path: 'endless',
      async *read() {
        for (;;) {
          made += 1;
          // Nothing that could be packed small.
          yield crypto.getRandomValues(new Uint8Array(16_384));
        }
      },
    };
    async function* files() {
      yield endless;
    }
    const bytes = zip(files(), AT_MS);
    for (let count = 0; count < 20; count += 1) await bytes.next();
    const before = made;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(made - before).toBeLessThan(50);
    await bytes.return();
  });

  it('fails with the failure of what is put in', async () => {
    const broken: ZipFile = {
      path: 'broken',
      async *read() {
        yield 'some';
        throw new Error('the disk is gone');
      },
    };
    async function* files() {
      yield broken;
    }
    await expect(collect(zip(files(), AT_MS))).rejects.toThrow('the disk is gone');
  });
});
