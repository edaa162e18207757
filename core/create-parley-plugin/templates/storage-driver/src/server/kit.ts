import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kitRun, storageDriverKit } from '@parley/testing/kits';
import { openDriver } from './driver.ts';
import type { SampleDriver } from './driver.ts';

/** What every storage driver must do, tried on a folder of its own for each case. */
export const kits = [
  kitRun(storageDriverKit, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-sample-'));
    const file = join(folder, 'records.jsonl');
    const opened: SampleDriver[] = [];
    const open = async (path: string): Promise<SampleDriver> => {
      const driver = await openDriver(path);
      opened.push(driver);
      return driver;
    };
    return {
      value: {
        driver: await open(file),
        async reopen() {
          await opened.at(-1)?.close();
          return open(file);
        },
        sweep: async (now) => opened.at(-1)?.sweep(now),
        async openEmpty() {
          const driver = await openDriver(join(folder, `empty-${opened.length}.jsonl`));
          // Not the newest: that is the one which `reopen` and `sweep` mean.
          opened.unshift(driver);
          return driver;
        },
      },
      async dispose() {
        for (const driver of opened) await driver.close();
        await rm(folder, { recursive: true });
      },
    };
  }),
];
