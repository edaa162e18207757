import type { AnyCapability } from '@parley/contracts';
import type { Breaker } from '../breaker/breaker.ts';
import { kernelErrors } from '../kernel-errors.ts';
import { CallStats } from './call-stats.ts';
import type { CallFigures } from './call-stats.ts';
import { Meter } from './meter.ts';
import { observeFunction } from './observe-function.ts';
import type { AnyFunction } from './observe-function.ts';

/** An implementation as others use it, and how its methods do. */
export interface ObservedImplementation {
  readonly implementation: unknown;
  /** All calls together, and by method; `call` is the implementation itself, where it is a function. */
  readonly figures: () => CallFigures & { readonly methods: Readonly<Record<string, CallFigures>> };
}

/** What is observed, and for whom. */
export interface ImplementationObservation {
  readonly pluginId: string;
  readonly capability: AnyCapability;
  readonly implementation: unknown;
  readonly breaker: Breaker;
}

interface KnownMember {
  readonly original: AnyFunction;
  readonly observed: AnyFunction;
}

const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function';
const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * An implementation whose methods are observed one by one. Shape: it has the members of the original at any time, is an
 * instance of the same class, and methods and getters run with the original as `this`, so that private fields work.
 */
export function observeImplementation(observation: ImplementationObservation): ObservedImplementation {
  const { implementation, pluginId, capability, breaker } = observation;
  const meters = new Map<string, Meter>();
  const members = new Map<PropertyKey, KnownMember>();

  const observe = (original: AnyFunction, method: string, self: unknown): AnyFunction => {
    const meter = meters.get(method) ?? new Meter(breaker);
    meters.set(method, meter);
    const timeoutMs = capability.limitsMs?.[method];
    const error = (elapsedMs: number) =>
      kernelErrors.CAPABILITY_TIMEOUT({ plugin: pluginId, capability: capability.id, method, timeoutMs, elapsedMs });
    return observeFunction(original, {
      meter,
      self,
      ...(timeoutMs === undefined ? {} : { limit: { timeoutMs, error } }),
    });
  };
  const memberOf = (target: object, property: PropertyKey): unknown => {
    const value: unknown = Reflect.get(target, property, target);
    if (!isFunction(value) || property === 'constructor') return value;
    const known = members.get(property);
    if (known?.original === value) return known.observed;
    const observed =
      typeof property === 'symbol'
        ? (...args: unknown[]) => Reflect.apply(value, target, args)
        : observe(value, String(property), target);
    members.set(property, { original: value, observed });
    return observed;
  };

  return {
    implementation: isObject(implementation) ? mirror(implementation, memberOf, observe) : implementation,
    figures: () => {
      const all = new CallStats();
      for (const { stats } of meters.values()) all.absorb(stats);
      const methods = Object.fromEntries([...meters].map(([method, { stats }]) => [method, stats.figures()]));
      return { ...all.figures(), methods };
    },
  };
}

/**
 * Stands for `original` without being bound by its frozen members, as a proxy of it would be: its own target is empty.
 */
function mirror(
  original: object,
  memberOf: (target: object, property: PropertyKey) => unknown,
  observe: (original: AnyFunction, method: string, self: unknown) => AnyFunction,
): object {
  const target = isFunction(original) ? observe(original, 'call', undefined) : {};
  return new Proxy(target, {
    get: (_target, property) => memberOf(original, property),
    set: (_target, property, value) => Reflect.set(original, property, value, original),
    has: (_target, property) => Reflect.has(original, property),
    deleteProperty: (_target, property) => Reflect.deleteProperty(original, property),
    getPrototypeOf: () => Reflect.getPrototypeOf(original),
    ownKeys: () => Reflect.ownKeys(original),
    getOwnPropertyDescriptor: (_target, property) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(original, property);
      return (
        descriptor && {
          configurable: true,
          enumerable: descriptor.enumerable ?? false,
          value: memberOf(original, property),
        }
      );
    },
  });
}
