import { isAppError } from '@parley/contracts';
import { searchContract } from '@parley/plugin-search/contract';
import { startFaultProxy } from '@parley/testing';
import { createClient } from '@parley/web/client';
import { eventually } from '../../e2e/eventually.ts';
import { startMeilisearchDouble } from '../../plugins/search-meilisearch/src/server/fixtures/meilisearch-double.ts';
import { createAudit } from '../lib/audit.ts';
import { createLedger, newRequest, newText } from '../lib/ledger.ts';
import type { Sent } from '../lib/ledger.ts';
import { createPerson } from '../lib/person.ts';
import type { Person } from '../lib/person.ts';
import { median } from '../lib/reader.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';

const PLUGINS = ['{ use: provider-demo, config: { pieceDelayMs: 0, firstPieceDelayMs: 0 } }'];
const SLOW_MS = 10_000;
const ROUNDS = 4;
/** What sending may take longer: the promised 10 % and the noise of a clock; the short form sees disasters only. */
const LIMITS = { full: { part: 0.1, noiseMs: 15 }, short: { part: 1, noiseMs: 50 } };
const SEARCH_ANSWERS_WITHIN_MS = 15_000;

const wordOf = ({ text }: Sent): string => text.split(' ')[2] ?? '';
const searchOf = (person: Person) =>
  createClient(searchContract, { fetch: (input, init) => person.request(String(input), init) });

/** S7: the search index goes away, gets slow, and loses everything. A strict double stands for Meilisearch. */
export const searchAway: Scenario = {
  id: 'A32',
  title: 'the search index is away, slow, wiped',
  loops: { full: 3, short: 1 },
  async play({ loops, folder, isShort, isSabotaged, say, wrong }) {
    const [messages, convergeMs] = isShort ? [20, 60_000] : [100, 300_000];
    const double = await startMeilisearchDouble();
    const proxy = await startFaultProxy(double.url);
    const env = { MEILI_HOST: proxy.url, MEILI_API_KEY: double.apiKey };
    const server = await startServer({ dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS, env });
    const person = await createPerson(() => server.url);
    const search = searchOf(person);
    const ledger = createLedger();
    let [found, slowest, convergedMs] = [0, 0, 0];

    /** Sends so many, one after the other; gives what each took. */
    const sendMany = async (count: number): Promise<readonly number[]> => {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const startedMs = performance.now();
        const sent = await ledger.send(person, newRequest(newText()));
        times.push(performance.now() - startedMs);
        if ('refused' in sent) wrong(`a message is refused with ${String(sent.refused)}`);
      }
      return times;
    };
    /** Sends in turns with and without the fault, so that both meet the same machine; judges the middle ones. */
    const compareSending = async (name: string, breakIt: () => void, mend: () => void): Promise<void> => {
      const [calm, broken]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        calm.push(...(await sendMany(messages / ROUNDS)));
        breakIt();
        broken.push(...(await sendMany(messages / ROUNDS)));
        if (round === 0) await expectRefusal(name);
        mend();
      }
      const [calmMs, brokenMs] = [median(calm), median(broken)];
      say(`${name}: a message takes ${brokenMs.toFixed(1)} ms, calm ${calmMs.toFixed(1)} ms`);
      slowest = Math.max(slowest, (brokenMs / calmMs - 1) * 100);
      const { part, noiseMs } = LIMITS[isShort ? 'short' : 'full'];
      if (brokenMs > calmMs * (1 + part) + noiseMs) wrong(`${name}: sending takes ${brokenMs.toFixed(1)} ms`);
    };
    const expectRefusal = async (name: string): Promise<void> => {
      const startedMs = performance.now();
      const outcome = await search.search({ q: 'word1' }).then(
        () => undefined,
        (error: unknown) => error,
      );
      const isPlain = isAppError(outcome) && outcome.status === 503 && outcome.code.startsWith('SEARCH_');
      if (!isPlain) wrong(`${name}: a search gives ${String(outcome)}`);
      if (performance.now() - startedMs > SEARCH_ANSWERS_WITHIN_MS) wrong(`${name}: a search waits for long`);
    };
    const converge = async (name: string, sent: readonly Sent[]): Promise<void> => {
      const startedMs = performance.now();
      for (const one of sent) {
        const word = isSabotaged ? 'nowhere' : wordOf(one);
        const leftMs = Math.max(0, startedMs + convergeMs - performance.now());
        await eventually(
          async () => {
            const { hits } = await search.search({ q: word });
            if (hits.length === 0) throw new Error(`"${word}" is not found`);
          },
          isSabotaged ? 0 : leftMs,
        ).then(
          () => (found += 1),
          (error: unknown) => wrong(`${name}: ${String(error)} after ${convergeMs} ms`),
        );
      }
      convergedMs = Math.max(convergedMs, performance.now() - startedMs);
    };

    for (let loop = 1; loop <= loops; loop += 1) {
      await compareSending(
        'away',
        () => {
          proxy.set({ refuse: true });
          proxy.cut();
        },
        () => proxy.set({}),
      );
      await converge('away', ledger.acknowledged.slice(-2 * messages));
      await compareSending(
        'slow',
        () => double.set({ latencyMs: SLOW_MS }),
        () => double.set({}),
      );
      await converge('slow', ledger.acknowledged.slice(-2 * messages));
      double.wipe();
      await sendMany(messages);
      await converge('wiped', ledger.acknowledged.slice(-2 * messages));
    }
    const audit = createAudit(person);
    await audit.repeat(ledger.takeNew());
    audit.findings.problems.forEach(wrong);
    await server.stop();
    await proxy.stop();
    await double.stop();
    return {
      acknowledged: ledger.acknowledged.length,
      lost: audit.findings.lost.size,
      found,
      'added to sending %': Math.max(0, Math.round(slowest)),
      'converged s': (convergedMs / 1_000).toFixed(1),
    };
  },
};
