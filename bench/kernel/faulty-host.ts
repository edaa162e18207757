// A host with a healthy plugin, alone or (with the word `faulty`) among plugins that fail: those that end a process each
// in one of their own, the others inside the host, over and over.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from '@parley/host-server';
import type { Kernel, PluginUse } from '@parley/kernel';
import { badManifest, faultyPlugins, finePlugin, gate } from '../../host-server/src/fixtures/faulty-plugins.ts';
import killer from '../../host-server/src/fixtures/killer.ts';
import leaker from '../../host-server/src/fixtures/leaker.ts';

// Shorter than the kernel's own, so that the slow plugin fails several times in a measurement.
const SLOW_START_MS = 500;
const isFaulty = process.argv.includes('faulty');

const door = (name: string) => new URL(`../../host-server/src/fixtures/${name}.ts`, import.meta.url).href;
const isolated: readonly PluginUse[] = [
  { plugin: killer, isolation: 'process', door: door('killer') },
  { plugin: leaker, isolation: 'process', door: door('leaker') },
];
const inline = [...faultyPlugins, badManifest].map((plugin) => ({ plugin, startTimeoutMs: SLOW_START_MS }));

/** Offers the host each plugin that fails inside it, over and over; it takes only the one whose fault comes later. */
async function failOverAndOver(kernel: Kernel): Promise<never> {
  const healthy = kernel.composition();
  for (;;) {
    for (const use of inline) {
      const isTaken = await kernel.apply({ ...healthy, plugins: [...healthy.plugins, use] }).then(
        () => true,
        () => false,
      );
      if (isTaken !== (use.plugin.id === 'no-verdict')) throw new Error(`${use.plugin.id} taken: ${isTaken}`);
      if (!isTaken) continue;
      const { allow } = await kernel.hook(gate).run('x', kernel.call());
      if (allow) throw new Error('the gate opened without a verdict');
      await kernel.apply(healthy);
    }
  }
}

const host = await startHost({
  plugins: [{ plugin: finePlugin }, ...(isFaulty ? isolated : [])],
  dataDir: mkdtempSync(join(tmpdir(), 'parley-bench-faulty-')),
  logLevel: 'silent',
});
// A process in a loop would outlive a host that is killed.
process.once('SIGTERM', () => void host.stop({ deadlineMs: 0 }).finally(() => process.exit()));
console.log(`listening ${host.url}`);
if (isFaulty) await failOverAndOver(host.kernel);
