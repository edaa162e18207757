import { monitorEventLoopDelay } from 'node:perf_hooks';
import { report } from '../lib/result.ts';
import { percentile, spread } from '../lib/stats.ts';
import type { Spread } from '../lib/stats.ts';
import { queries } from './corpus.ts';
import { openIndex, openRaw, ownerOf, seedSearch } from './seed.ts';
import { startStreams } from './streams.ts';

const LIMIT = 20;
const STREAMS = 100;
const RAW_QUERY = `SELECT rowid, snippet(messages, 0, '[', ']', '…', 24) AS snippet FROM messages WHERE messages MATCH ? ORDER BY rank LIMIT ${LIMIT}`;

type Search = (kind: string, text: string, count: number) => Promise<number>;

const inMs = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** The 99th percentile of the loop's delay while `work` goes on. Units: milliseconds. */
async function delayOf(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.percentile(99) / 1e6;
}

/** P9: searches against FTS5 by itself, how they grow, and what they do to streams of the same process. */
export async function benchSearch(counts: readonly number[], rounds: number): Promise<void> {
  const folder = await seedSearch(counts);
  const index = openIndex(folder);
  const raws = new Map(counts.map((count) => [count, openRaw(folder, count).prepare(RAW_QUERY)]));
  const ours: Search = async (kind, text, count) => {
    const query = { text, tenantId: 'default', ownerId: ownerOf(count), sort: 'best', limit: LIMIT } as const;
    return (await index.search(query)).hits.length;
  };
  // Ours takes the last word as the beginning of one; FTS5 is told so.
  const raw: Search = async (kind, text, count) =>
    raws.get(count)?.all(kind === 'phrase' ? text : `${text}*`).length ?? 0;

  const times = new Map<string, number[]>();
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
  for (let round = -1; round < rounds; round += 1) {
    for (const count of counts) {
      for (const [kind, texts] of Object.entries(queries)) {
        for (const text of texts) {
          const both = [
            ['ours', ours],
            ['raw', raw],
          ] as const;
          for (const [by, search] of round % 2 === 0 ? both : both.toReversed()) {
            const ms = await inMs(() => search(kind, text, count));
            if (round >= 0) note(`${kind} of ${count}, ${by}`, ms);
          }
        }
      }
    }
  }

  const largest = counts.at(-1) ?? 0;
  const stop = startStreams(STREAMS);
  const searchAll = async () => {
    for (let round = 0; round < rounds; round += 1)
      for (const [kind, texts] of Object.entries(queries)) for (const text of texts) await ours(kind, text, largest);
  };
  const lasts = await inMs(searchAll);
  const idle = await delayOf(() => new Promise((resolve) => setTimeout(resolve, Math.max(lasts, 2_000))));
  const searching = await delayOf(searchAll);
  stop();

  const all = (count: number, by: string) =>
    Object.keys(queries).flatMap((kind) => times.get(`${kind} of ${count}, ${by}`) ?? []);
  const p95 = (list: readonly number[]) => percentile(list, 0.95);
  const spreads: Record<string, Spread> = {};
  for (const [name, list] of times) spreads[name] = { ...spread(list), max: p95(list) };
  report({
    name: 'search',
    unit: 'milliseconds for each search, median, smallest and 95th percentile',
    variants: {
      ...spreads,
      'loop delay p99, streams': spread([idle]),
      'loop delay p99, searches': spread([searching]),
    },
    ratios: {
      p95ToRaw: p95(all(largest, 'ours')) / p95(all(largest, 'raw')),
      worstP95Ms: Math.max(...Object.keys(queries).map((kind) => p95(times.get(`${kind} of ${largest}, ours`) ?? []))),
      growth: p95(all(largest, 'ours')) / p95(all(counts[0] ?? 0, 'ours')),
      loopDelayP99Ms: searching,
      loopDelayToIdle: searching / idle,
    },
  });
  await index.close();
}
