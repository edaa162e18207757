import { storageDriver } from '@parley/contracts';
import type { Kernel, PluginNode } from '@parley/kernel';
import type { RequestHandler, Response } from 'express';
import type { Prober } from './prober.ts';

/** What the health routes tell from. */
export interface HealthDeps {
  readonly kernel: Kernel;
  readonly probe: Prober;
  readonly isDraining: () => boolean;
}

/** What `/health/ready` says. */
interface Readiness {
  /** Served with 503: `draining`, `waiting` for a critical plugin to start, `down` with one that can do nothing. */
  readonly status: 'ready' | 'degraded' | 'draining' | 'waiting' | 'down';
  /** Whether the database takes changes, as far as is known; reading may work where it does not. */
  readonly canSave: boolean;
  /** Critical plugins that have not started. */
  readonly waitsFor?: readonly string[];
  /** What is not well, and why. */
  readonly reasons?: readonly { readonly plugin: string; readonly reason: string }[];
}

const SERVING: readonly string[] = ['ready', 'degraded'];

const send = (response: Response, status: number, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
};

/**
 * `/health/live`, `/health/ready` and `/health/plugins`, open to everybody: they show states and reasons, which hold no
 * secrets. Not ready (503) while stopping, and while a critical plugin is not up or can do nothing; `degraded` (200)
 * while something else does not work.
 */
export function createHealthRoutes({
  kernel,
  probe,
  isDraining,
}: HealthDeps): Readonly<Record<string, RequestHandler>> {
  return {
    '/health/live': (_request, response) => send(response, 200, { status: 'live' }),
    '/health/ready': async (_request, response) => {
      if (!isDraining()) await probe();
      const readiness = readinessOf(kernel.graph().plugins, isDraining());
      send(response, ['ready', 'degraded'].includes(readiness.status) ? 200 : 503, readiness);
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

function readinessOf(plugins: readonly PluginNode[], isDraining: boolean): Readiness {
  const canSave = plugins.some((plugin) => isStorage(plugin) && isWell(plugin));
  if (isDraining) return { status: 'draining', canSave };
  const critical = plugins.filter((plugin) => plugin.critical);
  const waitsFor = critical.filter(({ state }) => !SERVING.includes(state)).map(({ id }) => id);
  const reasons = plugins.flatMap(({ id: plugin, reason }) => (reason === undefined ? [] : [{ plugin, reason }]));
  const told = { canSave, ...(reasons.length > 0 ? { reasons } : {}) };
  if (waitsFor.length > 0) return { status: 'waiting', waitsFor, ...told };
  if (critical.some(({ health }) => Object.values(health).includes('down'))) return { status: 'down', ...told };
  return { status: reasons.length > 0 ? 'degraded' : 'ready', ...told };
}

const isStorage = ({ provides }: PluginNode): boolean =>
  provides.some(({ capability }) => capability === storageDriver.id);

const isWell = ({ health, state }: PluginNode): boolean =>
  SERVING.includes(state) && Object.values(health).every((each) => each !== 'degraded' && each !== 'down');
