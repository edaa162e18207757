import { startFaultProxy } from '../fault-proxy.ts';
import type { Faults } from '../fault-proxy.ts';
import { skip } from './kit.ts';

/** Where a provider calls, so that a kit can put faults between. */
export interface Upstream<P> {
  /** Origin and path, for example `http://127.0.0.1:4000/v1`. */
  readonly url: string;
  /** The same provider with another address. */
  connect(url: string): P;
}

/** Plays `work` with the provider behind a line on which something goes wrong. @throws KitSkip without an upstream */
export async function throughFaults<P>(
  upstream: Upstream<P> | undefined,
  faults: Faults,
  work: (behind: P) => Promise<void>,
): Promise<void> {
  if (upstream === undefined) skip('no upstream on a network');
  const { origin, pathname } = new URL(upstream.url);
  const proxy = await startFaultProxy(origin, faults);
  try {
    await work(upstream.connect(`${proxy.url}${pathname.replace(/\/$/, '')}`));
  } finally {
    await proxy.stop();
  }
}
