import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import search from '@parley/plugin-search/server';
import searchSqlite from '@parley/plugin-search-sqlite/server';
import { privacyContract } from '@parley/plugin-privacy/contract';
import { script, startTestHost } from '@parley/testing';

const SAID = 'canary-said-by-ada';

/** Names of the files below `folder` that hold the text. */
async function holding(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const held: string[] = [];
  for (const { parentPath, name } of names) {
    if ((await readFile(join(parentPath, name))).includes(SAID)) held.push(name);
  }
  return held;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 20_000; performance.now() < endMs; ) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not become so in 20 s');
}

it('an erasure leaves nothing in the search index and its file', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-privacy-search-'));
  const host = await startTestHost({ plugins: [search, searchSqlite], shipped: true, dataDir, model: script`Answer` });
  try {
    const admin = await host.admin('root');
    await host.user('ada').chat(SAID).expectText('Answer');
    const ada = await host.user('ada');
    await until(async () => (await (await ada.request('/api/search?q=canary')).text()).includes('"isHit":true'));
    await ada.client(privacyContract).eraseOwn({ password: ada.password });
    await until(async () => {
      const { items } = await admin.client(privacyContract).receipts({});
      return items.length > 0 && items.every(({ finishedAt }) => finishedAt !== undefined);
    });
    await host.stop();
    expect(await holding(dataDir)).toEqual([]);
  } finally {
    await host.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
