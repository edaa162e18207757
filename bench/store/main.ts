import { cost } from '../lib/cpu.ts';
import { report } from '../lib/result.ts';
import { startOurs } from './ours.ts';
import { openRaw } from './raw.ts';
import { copySeed, seedStore } from './seed.ts';
import type { StoreSize } from './seed.ts';
import { AT_ONCE, createWorks, measureWorks } from './works.ts';

/** P8: what reading and writing through the stores costs, against prepared statements by hand, and how it grows. */
export async function benchStore(size: StoreSize, rounds: number): Promise<void> {
  const seed = await seedStore(size);
  const [oursFolder, rawFolder] = [copySeed(seed), copySeed(seed)];
  const ours = await startOurs(oursFolder.folder);
  // The raw file gets its columns and indexes from the same plugin; then only the statements differ.
  await (await startOurs(rawFolder.folder)).close();
  const raw = openRaw(`${rawFolder.folder}/parley.db`);
  const works = createWorks(size);
  const { variants, toRaw, growth } = await measureWorks(
    works,
    { ours, raw },
    { rounds },
    async (count, work) => (await cost(count, work)) / 1_000,
  );
  report({
    name: 'store',
    unit: 'CPU microseconds per operation',
    variants,
    ratios: {
      appendToRaw: toRaw(`append ${AT_ONCE}`),
      appendOneToRaw: toRaw('append one'),
      listToRaw: toRaw('list'),
      openLatestToRaw: toRaw('open last'),
      openAllToRaw: toRaw('open all'),
      listGrowth: growth('list'),
      openLatestGrowth: growth('open last'),
    },
  });
  raw.close();
  await ours.close();
  for (const { remove } of [oursFolder, rawFolder]) remove();
}
