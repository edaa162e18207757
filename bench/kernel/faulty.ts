import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { report } from '../lib/result.ts';
import { startServer } from '../lib/server-process.ts';
import { median, percentile, spread } from '../lib/stats.ts';

const REQUESTS_PER_SECOND = 100;
const WARM_UP_MS = 1_000;
const RETRY_MS = 50;
const LOOP_MS = 2_000;

type Variant = 'alone' | 'among faulty';

/** Milliseconds until the reply was read. */
const ask = (url: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const sentMs = performance.now();
    get(url, { agent }, (reply) => {
      reply.resume().on('end', () => {
        if (reply.statusCode === 200) resolve(performance.now() - sentMs);
        else reject(new Error(`${url} answered ${reply.statusCode}`));
      });
    }).on('error', reject);
  });

/** Latencies of requests sent at their times, whether or not those before were answered, until both are over. */
async function load(url: string, forMs: number, other?: Promise<void>): Promise<readonly number[]> {
  const ended = new AbortController();
  void Promise.resolve(other).finally(() => ended.abort());
  const agent = new Agent({ keepAlive: true });
  const asked: Promise<number>[] = [];
  const startedMs = performance.now();
  for (let passedMs = 0; passedMs < forMs || !ended.signal.aborted; passedMs = performance.now() - startedMs) {
    while (asked.length < (passedMs * REQUESTS_PER_SECOND) / 1_000) asked.push(ask(url, agent));
    await pause(1);
  }
  const latencies = await Promise.all(asked);
  agent.destroy();
  return latencies;
}

/** Lets the plugin in a process of its own end it in each way, as soon as it is up again. */
async function kill(url: string): Promise<void> {
  const act = (how: string) => fetch(`${url}/api/x/killer/act/${how}`, { method: 'POST' });
  for (const how of ['exit', 'memory', 'loop']) {
    while (!(await act('answer')).ok) await pause(RETRY_MS);
    // The host finds a loop after ten seconds; what it costs until then is the same all the time.
    const ended = act(how);
    ended.catch(() => undefined);
    await (how === 'loop' ? pause(LOOP_MS) : ended);
  }
}

async function measure(variant: Variant, seconds: number): Promise<readonly number[]> {
  const program = ['bench/kernel/faulty-host.ts', ...(variant === 'alone' ? [] : ['faulty'])];
  const server = await startServer(program, {}, { isPinned: false });
  const route = `${server.url}/api/x/fine/hello`;
  try {
    await load(route, WARM_UP_MS);
    return await load(route, seconds * 1_000, variant === 'alone' ? undefined : kill(server.url));
  } finally {
    await server.stop('SIGTERM');
  }
}

/** P17: what plugins that fail, each in its way and all at once, cost the requests of one that does not. */
export async function benchFaulty({
  rounds,
  seconds,
}: {
  readonly rounds: number;
  readonly seconds: number;
}): Promise<void> {
  const found: Readonly<Record<Variant, (readonly number[])[]>> = { alone: [], 'among faulty': [] };
  for (let round = 0; round < rounds; round += 1)
    for (const variant of ['alone', 'among faulty', 'among faulty', 'alone'] as const)
      found[variant].push(await measure(variant, seconds));
  const each = (variant: Variant, share: number) => found[variant].map((latencies) => percentile(latencies, share));
  const ratio = (share: number) => median(each('among faulty', share)) / median(each('alone', share));
  report({
    name: 'faulty',
    unit: `milliseconds of wall time, ${REQUESTS_PER_SECOND} requests per second`,
    variants: {
      'p50, alone': spread(each('alone', 0.5)),
      'p50, among faulty': spread(each('among faulty', 0.5)),
      'p95, alone': spread(each('alone', 0.95)),
      'p95, among faulty': spread(each('among faulty', 0.95)),
      'p99, alone': spread(each('alone', 0.99)),
      'p99, among faulty': spread(each('among faulty', 0.99)),
    },
    ratios: { p50: ratio(0.5), p95: ratio(0.95), p99: ratio(0.99) },
  });
}
