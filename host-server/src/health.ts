import type { Kernel } from '@parley/kernel';
import type { RequestHandler, Response } from 'express';

const PROBE_MS = 1_000;
const FRESH_MS = 1_000;

/** What the health routes tell from. */
export interface HealthDeps {
  readonly kernel: Kernel;
  readonly isDraining: () => boolean;
}

const send = (response: Response, status: number, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
};

/**
 * `/health/live`, `/health/ready` and `/health/plugins`, open to everybody: they show states and reasons, which hold no
 * secrets. Not ready (503) while stopping or while a critical plugin is not up.
 */
export function createHealthRoutes({ kernel, isDraining }: HealthDeps): Readonly<Record<string, RequestHandler>> {
  let probed = { atMs: -Infinity, done: Promise.resolve() };
  const probe = () => {
    const nowMs = performance.now();
    if (nowMs - probed.atMs > FRESH_MS) probed = { atMs: nowMs, done: kernel.probe(PROBE_MS) };
    return probed.done;
  };
  return {
    '/health/live': (_request, response) => send(response, 200, { status: 'live' }),
    '/health/ready': (_request, response) => {
      const waitsFor = criticalDown(kernel);
      const status = isDraining() ? 'draining' : waitsFor.length > 0 ? 'waiting' : 'ready';
      send(response, status === 'ready' ? 200 : 503, { status, ...(waitsFor.length > 0 ? { waitsFor } : {}) });
    },
    '/health/plugins': async (_request, response) => {
      await probe();
      const plugins = kernel.graph().plugins.map(({ id, version, state, reason, critical, health, breakers }) => ({
        id,
        version,
        state,
        ...(reason === undefined ? {} : { reason }),
        critical,
        health,
        breakers,
      }));
      send(response, 200, { plugins });
    },
  };
}

const criticalDown = (kernel: Kernel): string[] =>
  kernel
    .graph()
    .plugins.filter(({ critical, state }) => critical && state !== 'ready' && state !== 'degraded')
    .map(({ id }) => id);
