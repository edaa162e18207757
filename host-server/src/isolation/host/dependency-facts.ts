import type { LiveRef, Need } from '@parley/contracts';
import type { DependencyFacts, ProvisionFacts } from '../start-message.ts';
import { byReference } from '../wire/handles.ts';
import { methodsOf } from '../wire/method-kinds.ts';

/** What a child must know of the implementations behind a live dependency. */
export function provisionFacts(ref: LiveRef<unknown>): readonly ProvisionFacts[] {
  const descriptors = ref.descriptors();
  return ref.keys().flatMap((key) => {
    using lease = ref.lease(key);
    const { value } = lease;
    if (typeof value !== 'object' || value === null) return [];
    return [{ key, descriptor: descriptors.get(key), methods: methodsOf(value) }];
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function toValue(what: string, value: unknown): unknown {
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, toValue(what, each)]));
  if (Array.isArray(value)) return value.map((each) => toValue(what, each));
  return isObject(value) ? byReference(value, what) : value;
}

/** The dependencies of a plugin as they travel: implementations by reference, live ones as what there is now. */
export function dependencyFacts(
  requires: Readonly<Record<string, Need>>,
  dependencies: Readonly<Record<string, unknown>>,
): readonly DependencyFacts[] {
  return Object.entries(requires).map(([name, entry]): DependencyFacts => {
    const value = dependencies[name];
    const capability = 'need' in entry ? entry.capability : entry;
    if ('need' in entry && entry.need === 'live') {
      return { name, kind: 'live', provisions: provisionFacts(value as LiveRef<unknown>) };
    }
    return { name, kind: 'fixed', value: toValue(capability.id, value) };
  });
}
