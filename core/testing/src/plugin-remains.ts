import type { Kernel } from '@parley/kernel';

const SETTLE_MS = 1_500;
const POLL_MS = 20;

/** What the kernel still knows of a plugin that should be gone. */
export function pluginRemains(kernel: Kernel, id: string): string[] {
  const graph = kernel.graph();
  const node = graph.plugins.find((plugin) => plugin.id === id);
  const taps = graph.hooks.filter((hook) => hook.taps.some(({ pluginId }) => pluginId === id));
  return [
    ...(node?.effects ?? []).map((label) => `effect left: ${label}`),
    ...(node?.routes ?? []).map((route) => `route left: ${route}`),
    ...(node?.provides ?? [])
      .filter(({ leases }) => leases > 0)
      .map(({ capability, key, leases }) => `${leases} leases left on ${capability} ${key}`),
    ...taps.map((hook) => `tap left on ${hook.id}`),
    ...(kernel.contracts().some(({ pluginId }) => pluginId === id) ? ['contract left'] : []),
    ...(kernel.contributions().some(({ pluginId }) => pluginId === id) ? ['contribution to the page left'] : []),
  ];
}

/** What is still there after a second and a half; sockets and draining work need a moment. */
export async function settle(left: () => readonly string[]): Promise<readonly string[]> {
  const untilMs = performance.now() + SETTLE_MS;
  for (;;) {
    const open = left();
    if (open.length === 0 || performance.now() > untilMs) return open;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
