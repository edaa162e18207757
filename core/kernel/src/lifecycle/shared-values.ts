import type { Generation } from './generation.ts';

/** Something with an end. */
export interface SharedValue<T> {
  readonly value: T;
  /** Called when the last generation that asked for it has stopped. */
  end?(): void | Promise<void>;
}

/** What the generations of a plugin share, by plugin and name. */
export interface SharedValues {
  /** The value under `name`, made by the first generation that asks; an effect of each that does. */
  take<T>(generation: Generation, name: string, make: () => SharedValue<T>): T;
  /** Resolves when nothing of a plugin is ending, so that a new one may be made. */
  settled(pluginId: string): Promise<void>;
}

/** Nothing shared yet. */
export function createSharedValues(): SharedValues {
  const values = new Map<string, { readonly shared: SharedValue<unknown>; users: number }>();
  const endings = new Map<string, Promise<void>>();
  const end = async (pluginId: string, { shared }: { readonly shared: SharedValue<unknown> }) => {
    const ending = Promise.resolve(shared.end?.());
    const all = Promise.allSettled([endings.get(pluginId), ending]).then(() => undefined);
    endings.set(pluginId, all);
    await ending;
  };
  return {
    take<T>(generation: Generation, name: string, make: () => SharedValue<T>): T {
      const key = `${generation.pluginId} ${name}`;
      const entry = values.get(key) ?? { shared: make(), users: 0 };
      values.set(key, entry);
      entry.users += 1;
      generation.effects.add(`shared ${name}`, async () => {
        entry.users -= 1;
        if (entry.users > 0) return;
        values.delete(key);
        await end(generation.pluginId, entry);
      });
      return entry.shared.value as T;
    },
    settled: async (pluginId) => await endings.get(pluginId),
  };
}
