import type { AnyHook, TapOrder } from '@parley/contracts';
import { Meter } from '../timing/meter.ts';

/** A tap's function, whatever its hook. */
export type TapFunction = (...args: never[]) => unknown;

/** One tap of one plugin on one hook. */
export interface RegisteredTap {
  readonly pluginId: string;
  /** Names that `before` and `after` of others may use: its id in the composition and the plugin's own. */
  readonly names: readonly string[];
  /** Place of the plugin in the composition; decides where nothing else does. */
  readonly position: number;
  /** Counts the runs that have it among their taps, so that its plugin lives as long as they do. */
  readonly uses?: { add(): void; remove(): void };
  readonly order: TapOrder;
  readonly run: TapFunction;
  /** Counts and times it; holds its breaker. */
  readonly meter: Meter;
}

/** A tap that went wrong where the caller does not hear of it. */
export interface TapFailure {
  readonly hook: AnyHook;
  readonly pluginId: string;
  readonly error: unknown;
}

/** Told of each failing tap that the caller does not hear of. */
export type ReportFailure = (failure: TapFailure) => void;

/** A tap of a plugin, with nothing counted yet. */
export const createTap = (
  owner: Pick<RegisteredTap, 'pluginId' | 'names' | 'position' | 'uses'>,
  run: TapFunction,
  order: TapOrder = {},
  meter: Meter = new Meter(),
): RegisteredTap => ({ ...owner, run, order, meter });
