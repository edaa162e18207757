import { newId } from '@parley/contracts';
import type { NewMessage } from '@parley/plugin-conversations/contract';
import { median, spread } from '../lib/stats.ts';
import type { Spread } from '../lib/stats.ts';
import type { StoreWork } from './ours.ts';
import { conversationOf, messageOf, ownerOf } from './seed.ts';
import type { StoreSize } from './seed.ts';

/** Until the compiler has done with what is measured: it works beside it, and its time would be counted. Unit: rounds. */
const WARM_UP = 16;
/** Messages of a busy moment, which share one sync of the disk. */
export const AT_ONCE = 20;
const PAGE = 50;
const LATEST = 100;
const WHOLE_PAGE = 1_000;

/** One thing to do, again and again. */
export interface Work {
  readonly name: string;
  /** How often in one measurement. */
  readonly times: number;
  /** How many operations each time is; one without it. */
  readonly each?: number;
  readonly run: (work: StoreWork) => Promise<unknown>;
}

async function expectCount(found: Promise<number>, wanted: number): Promise<void> {
  const count = await found;
  if (count !== wanted) throw new Error(`expected ${wanted} records, got ${count}`);
}

/** What is measured with records of one size. */
export function createWorks({ conversations, messages }: StoreSize): readonly Work[] {
  const owner = ownerOf(conversations.at(-1) ?? 0);
  const to = messages[0] ?? 0;
  const created = (): NewMessage => ({
    id: newId(),
    conversationId: conversationOf(to),
    parentId: messageOf(to, to - 1),
    role: 'user',
    parts: [{ type: 'text', text: 'What will the weather be like tomorrow, and why? '.repeat(8) }],
    state: 'complete',
  });
  const append = (group: number) => (work: StoreWork) =>
    work.append(owner, conversationOf(to), Array.from({ length: group }, created));
  return [
    { name: 'append one message', times: 200, each: 1, run: append(1) },
    { name: `append ${AT_ONCE} at once`, times: 100, each: AT_ONCE, run: append(AT_ONCE) },
    ...conversations.map((count) => ({
      name: `list ${PAGE} of ${count}`,
      times: 300,
      run: (work: StoreWork) => expectCount(work.list(ownerOf(count), PAGE), PAGE),
    })),
    ...messages.slice(1).flatMap((count) => [
      {
        name: `open last ${LATEST} of ${count}`,
        times: 150,
        run: (work: StoreWork) =>
          expectCount(work.openLatest(owner, conversationOf(count), messageOf(count, count - 1), LATEST), LATEST),
      },
      {
        name: `open all ${count}`,
        times: Math.ceil(5_000 / count),
        run: (work: StoreWork) => expectCount(work.openWhole(owner, conversationOf(count), WHOLE_PAGE), count),
      },
    ]),
  ];
}

/** What some works cost, ours and by hand, and how these compare. */
export interface Costs {
  readonly variants: Readonly<Record<string, Spread>>;
  /** The worst of the works whose name begins so, against the same by hand. */
  readonly toRaw: (start: string) => number;
  /** The last of the works whose name begins so, against the first of them. */
  readonly growth: (start: string) => number;
}

/** Does works in turn, ours and by hand; `measure` tells what one of so many operations costs. */
export async function measureWorks(
  works: readonly Work[],
  { ours, raw }: { readonly ours: StoreWork; readonly raw: StoreWork },
  { rounds, warmUp = WARM_UP }: { readonly rounds: number; readonly warmUp?: number },
  measure: (count: number, work: () => Promise<void>) => Promise<number>,
): Promise<Costs> {
  const variants = works.flatMap(({ name, times, each = 1, run }) =>
    (
      [
        ['raw', raw],
        ['ours', ours],
      ] as const
    ).map(([by, work]) => ({
      name: `${name}, ${by}`,
      run: () =>
        measure(times * each, async () => {
          for (let time = 0; time < times; time += 1) await run(work);
        }),
    })),
  );
  const costs = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { name, run } of round % 2 === 0 ? variants : variants.toReversed()) {
      const cost = await run();
      if (round >= 0) costs.get(name)?.push(cost);
    }
  }
  const middle = (name: string): number => median(costs.get(name) ?? []);
  const toRaw = (start: string): number =>
    Math.max(
      ...works
        .filter(({ name }) => name.startsWith(start))
        .map(({ name }) => middle(`${name}, ours`) / middle(`${name}, raw`)),
    );
  const growth = (start: string): number => {
    const same = works.filter(({ name }) => name.startsWith(start));
    return middle(`${same.at(-1)?.name}, ours`) / middle(`${same[0]?.name}, ours`);
  };
  return { variants: Object.fromEntries([...costs].map(([name, list]) => [name, spread(list)])), toRaw, growth };
}
