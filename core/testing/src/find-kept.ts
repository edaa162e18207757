import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storageDriver } from '@parley/contracts';
import type { StorageDriver } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';
import { startTestHost } from './start-test-host.ts';

/**
 * Where one of `texts` is kept, each with the text: `parley.db: secret` for a file below the folder, `notes.note: secret` for
 * a record. For a data folder that no host uses; `storage` is the plugin that keeps its records, in its files or elsewhere.
 */
export async function findKept(
  dataDir: string,
  storage: AnyPlugin,
  texts: readonly string[],
): Promise<readonly string[]> {
  const records = await findInRecords(dataDir, storage, texts);
  return [...(await findInFiles(dataDir, texts)), ...records];
}

/** The files below `folder` that hold one of `texts` anywhere. */
export async function findInFiles(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    for (const text of texts) if (content.includes(text)) found.push(`${path.slice(folder.length + 1)}: ${text}`);
  }
  return found;
}

async function findInRecords(
  dataDir: string,
  storage: AnyPlugin,
  texts: readonly string[],
): Promise<readonly string[]> {
  let driver: StorageDriver | undefined;
  const looker = definePlugin({
    id: 'looker',
    version: '1.0.0',
    kernel: '^1.0.0',
    requires: { driver: storageDriver },
    setup: (_ctx, deps) => void ({ driver } = deps),
  });
  const host = await startTestHost({ plugins: [storage, looker], dataDir });
  try {
    const found = new Set<string>();
    for await (const { collection, records } of driver?.backup() ?? []) {
      const kept = JSON.stringify(records);
      for (const text of texts) if (kept.includes(text)) found.add(`${collection}: ${text}`);
    }
    return [...found];
  } finally {
    await host.stop();
  }
}
