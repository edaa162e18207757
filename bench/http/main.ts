import autocannon from 'autocannon';
import { report } from '../lib/result.ts';
import { startServer } from '../lib/server-process.ts';
import { median, spread } from '../lib/stats.ts';

/** P5: a small JSON route of a plugin, CPU per request, against bare Express 5 in the same run. */
export async function benchHttpRoute({
  rounds,
  seconds,
}: {
  readonly rounds: number;
  readonly seconds: number;
}): Promise<void> {
  const servers = new Map([
    ['express', await startServer(['bench/http/bare-express.ts'])],
    ['ours', await startServer(['bench/lib/bench-host.ts'])],
  ]);
  const cpu = new Map<string, number[]>([
    ['express', []],
    ['ours', []],
  ]);
  const load = async (name: string, keep: boolean): Promise<void> => {
    const server = servers.get(name);
    if (!server) return;
    const before = server.cpuMicros();
    const { requests, non2xx, errors } = await autocannon({
      url: `${server.url}/api/x/bench/small?id=7`,
      connections: 50,
      duration: seconds,
    });
    if (non2xx > 0 || errors > 0) throw new Error(`${name}: ${non2xx} replies were not 2xx, ${errors} failed`);
    if (keep) cpu.get(name)?.push((server.cpuMicros() - before) / requests.total);
  };
  for (const name of servers.keys()) await load(name, false);
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? ['express', 'ours'] : ['ours', 'express']) await load(name, true);
  const middle = (name: string): number => median(cpu.get(name) ?? []);
  report({
    name: 'http-route',
    unit: 'CPU microseconds per request, 50 connections',
    variants: Object.fromEntries([...cpu].map(([name, list]) => [name, spread(list)])),
    ratios: { ours: middle('ours') / middle('express') },
  });
  for (const server of servers.values()) await server.stop();
}
