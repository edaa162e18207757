import type { Contract, Handlers } from '@parley/contracts';
import type { PluginState, PluginUse } from '../composition-api.ts';
import type { PluginManifest } from '../manifest/manifest.ts';
import type { Provision } from '../capabilities/capability-registry.ts';
import type { CallStats } from '../timing/call-stats.ts';
import type { HealthAnswer, HealthState } from '../plugin-context.ts';
import type { Generation } from './generation.ts';

/** Whether one thing a plugin depends on works. */
export interface HealthProbe {
  readonly name: string;
  readonly ask: (signal: AbortSignal) => Promise<HealthAnswer>;
  last: HealthState | 'unknown';
  /** Why it is not well. */
  reason?: string | undefined;
}

/** A contract with the functions that serve it. */
export interface ServedContract {
  readonly contract: Contract;
  readonly handlers: Handlers<Contract['operations']>;
}

/** A contract that is served, with how its operations do. */
export interface ObservedContract extends ServedContract {
  readonly stats: Readonly<Record<string, CallStats>>;
}

/** A plugin as one composition has it, with its one life. A change makes a new record. */
export interface PluginRecord {
  readonly use: PluginUse;
  readonly manifest: PluginManifest;
  /** Place in the composition, from 0. */
  position: number;
  state: PluginState;
  reason: string | undefined;
  level: number;
  settings: unknown;
  startMs: number | undefined;
  /** Counts the lives under this id from 1; 0 before the first. */
  generationNumber: number;
  generation: Generation | undefined;
  /** Why it may not run until it is reset. Units: milliseconds since 1970. */
  quarantine: { readonly reason: string; readonly atMs: number } | undefined;
  /** What it has shown others. */
  readonly served: Set<ObservedContract>;
  readonly provided: Set<Provision>;
  readonly probes: Set<HealthProbe>;
}

/** A plugin that nothing has been done with yet. */
export const createRecord = (use: PluginUse, manifest: PluginManifest, position: number): PluginRecord => ({
  use,
  manifest,
  position,
  state: 'discovered',
  reason: undefined,
  level: 0,
  settings: undefined,
  startMs: undefined,
  generationNumber: 0,
  generation: undefined,
  quarantine: undefined,
  served: new Set(),
  provided: new Set(),
  probes: new Set(),
});

/** Whether a plugin serves: it is up, whatever its health. */
export const isServing = ({ state }: Pick<PluginRecord, 'state'>): boolean => state === 'ready' || state === 'degraded';

/** Takes away what a life has left in its record. */
export function forgetLife(record: PluginRecord): void {
  record.generation = undefined;
  record.served.clear();
  record.provided.clear();
  record.probes.clear();
}

/** Records by start level, the lowest first. */
export function byLevel(records: readonly PluginRecord[]): readonly (readonly PluginRecord[])[] {
  const levels = Map.groupBy(records, ({ level }) => level);
  return [...levels.keys()].toSorted((left, right) => left - right).map((level) => levels.get(level) ?? []);
}
