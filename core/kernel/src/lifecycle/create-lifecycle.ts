import { auditEvent } from '@parley/contracts';
import { createFailureBooks } from '../breaker/failure-books.ts';
import { watchBreakers } from '../breaker/watch-breakers.ts';
import { createCapabilityRegistry } from '../capabilities/capability-registry.ts';
import { createCall } from '../container/call-scope.ts';
import { createRootScope } from '../container/scope.ts';
import { rootTokens } from '../container/tokens.ts';
import { createHookRegistry } from '../hooks/hook-registry.ts';
import type { KernelOptions } from '../kernel-api.ts';
import { createDenials } from '../permissions/denials.ts';
import { settleHealth } from '../probe-health.ts';
import type { Composed } from './compose.ts';
import type { Generation } from './generation.ts';
import { provideOwnedRecords } from './own-capabilities.ts';
import type { PluginRecord } from './plugin-record.ts';
import { adoptRegistry, forkRegistry } from './registry.ts';
import type { Registry } from './registry.ts';
import { createRouteRegistry } from './route-registry.ts';
import { createSearchParts } from './search-parts.ts';
import { createSharedValues } from './shared-values.ts';
import type { Lifecycle } from './start-plugin.ts';

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;
const DRAIN_TIMEOUT_MS = 15 * 60_000;
const RESTART_TIMEOUT_MS = 5_000;

/** Told of what the kernel itself must act on. */
export interface Watch {
  readonly changed: () => void;
  /** A plugin fails again and again. */
  readonly wornOut: (record: PluginRecord, reason: string) => void;
}

/** What starting and stopping plugins needs, over a first composition. */
export function createLifecycle(options: KernelOptions, current: Composed, { changed, wornOut }: Watch): Lifecycle {
  const hooks = createHookRegistry({
    report: ({ hook, pluginId, error }) => options.log(pluginId).warn(`A tap of hook ${hook.id} failed`, { error }),
  });
  const root = createRootScope()
    .set(rootTokens.clock, options.clock ?? { now: () => Date.now(), steady: () => performance.now() })
    .set(rootTokens.dataDir, options.dataDir);
  const registry: Registry = { hooks, capabilities: createCapabilityRegistry(), routes: createRouteRegistry() };
  adoptRegistry(registry, forkRegistry(registry, current));
  provideOwnedRecords(registry.capabilities);
  const lifecycle: Lifecycle = {
    options,
    root,
    registry,
    shared: createSharedValues(),
    search: createSearchParts({
      clock: root.get(rootTokens.clock),
      composed: () => lifecycle.current,
      capabilities: registry.capabilities,
    }),
    denials: createDenials({
      now: () => root.get(rootTokens.clock).now(),
      log: options.log,
      tell: (event) => void hooks.hook(auditEvent).run(event, createCall(root)),
    }),
    failures: createFailureBooks({
      policy: options.failurePolicy,
      now: () => root.get(rootTokens.clock).now(),
      changed: watchBreakers({
        log: options.log,
        settle: (generation) => settle(lifecycle, recordOf(generation)),
        quarantine: (generation, reason) => {
          const record = recordOf(generation);
          if (record !== undefined) wornOut(record, reason);
        },
      }),
    }),
    startTimeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS,
    stopTimeoutMs: options.stopTimeoutMs ?? STOP_TIMEOUT_MS,
    drainTimeoutMs: options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS,
    restartTimeoutMs: options.restartTimeoutMs ?? RESTART_TIMEOUT_MS,
    current,
    draining: new Map(),
    lives: new Map(),
    changed,
  };
  const recordOf = (generation: Generation) =>
    lifecycle.current.records.find((record) => record.generation === generation);
  return lifecycle;
}

/** Brings the state of a plugin in line with its probes and breakers. */
export function settle({ failures, changed }: Lifecycle, record: PluginRecord | undefined): void {
  if (record?.generation === undefined) return;
  if (settleHealth(record, failures.of(record.generation).reasons())) changed();
}
