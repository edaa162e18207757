import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { defineEntity, storageDriver } from '@parley/contracts';
import type { Collection, StoredRecord } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { testPluginContract } from '@parley/testing';
import { onNode } from '@parley/testing/kits';
import * as z from 'zod';
import { openDriver } from './driver.ts';
import sample from './index.ts';
import { kits } from './kit.ts';

for (const kit of kits) kit.test(onNode({ describe, it }));

const pages: Collection = { name: 'diary.page', scope: 'global', version: 1, indexes: [] };
const toRecord = (id: string): StoredRecord => ({ id, tenantId: 't', createdAt: '', updatedAt: '', rev: 1 });

describe('the file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-sample-'));
  });
  after(() => rm(folder, { recursive: true }));

  const make = async (name: string): Promise<string> => {
    const file = join(folder, name);
    const driver = await openDriver(file);
    await driver.prepare([pages]);
    for (const id of ['a', 'b']) {
      await driver.write([{ kind: 'insert', collection: pages.name, record: toRecord(id) }]);
    }
    await driver.write([{ kind: 'delete', collection: pages.name, id: 'b', where: {} }]);
    await driver.close();
    return file;
  };

  it('has none of a batch that a crash cut off', async () => {
    const file = await make('torn.jsonl');
    const batch = JSON.stringify(['c', 'd'].map((id) => ({ collection: pages.name, put: toRecord(id) })));
    await appendFile(file, batch.slice(0, -1));
    const driver = await openDriver(file);
    await driver.prepare([pages]);
    assert.equal(await driver.count(pages.name, {}), 1);
    await driver.close();
  });

  it('refuses to open with a line that is damaged', async () => {
    const file = await make('damaged.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"a"', 'a'));
    await assert.rejects(openDriver(file), { code: 'SAMPLE_DAMAGED' });
  });

  it('forgets removed records at the next start', async () => {
    const file = await make('short.jsonl');
    assert.match(await readFile(file, 'utf8'), /"b"/);
    await (await openDriver(file)).close();
    assert.doesNotMatch(await readFile(file, 'utf8'), /"b"/);
  });
});

describe('sample', () => {
  it('serves the stores of other plugins and leaves nothing behind', async () => {
    const page = defineEntity({ name: 'page', version: 1, scope: 'global', schema: z.object({ text: z.string() }) });
    let count: number | undefined;
    const diary = definePlugin({
      id: 'diary',
      version: '1.0.0',
      kernel: '^1.0.0',
      requires: { storage: storageDriver },
      entities: [page],
      async setup(ctx) {
        await ctx.store(page, ctx.system).insert({ text: 'first' });
        await ctx.transaction(async (tx) => tx.store(page, ctx.system).insert({ text: 'second' }));
        count = await ctx.store(page, ctx.system).count({ text: { prefix: 's' } });
      },
    });
    await testPluginContract(sample, { plugins: [diary] });
    assert.equal(count, 1);
  });
});
