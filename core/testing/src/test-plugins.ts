import type { Kernel, PluginNode, PluginUse } from '@parley/kernel';
import { pluginRemains, settle } from './plugin-remains.ts';

/** One plugin of a running host, as its operator handles it. Each change resolves when it is in force. */
export interface TestPlugin {
  /** What the kernel tells of it; `undefined` while it is disabled. */
  node(): PluginNode | undefined;
  /** Takes it out of the composition. What it serves at this moment goes on to its end. */
  disable(): Promise<void>;
  /** Puts it back as it was. */
  enable(): Promise<void>;
  /** Gives it other settings; those that are not named fall back to their defaults. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
}

/** The plugins of one host. */
export interface TestPlugins {
  readonly find: (id: string) => TestPlugin;
  /** @throws with everything that plugins which no longer run have left */
  readonly expectNoLeaks: () => Promise<void>;
}

const idOf = ({ id, plugin }: PluginUse): string => id ?? plugin.id;

/** Changes the composition of a running kernel, one plugin at a time. */
export function createTestPlugins(kernel: Kernel): TestPlugins {
  const disabled = new Map<string, PluginUse>();
  const known = (): string[] => [...kernel.composition().plugins.map(idOf), ...disabled.keys()];
  const use = async (plugins: readonly PluginUse[]): Promise<void> => {
    await kernel.apply({ ...kernel.composition(), plugins });
  };
  const change = async (id: string, toUse: (present: PluginUse) => PluginUse | undefined): Promise<void> => {
    await use(
      kernel.composition().plugins.flatMap((present) => (idOf(present) === id ? (toUse(present) ?? []) : [present])),
    );
  };
  return {
    find(id) {
      if (!known().includes(id)) throw new Error(`There is no plugin ${id}; the host has ${known().join(', ')}`);
      return {
        node: () => kernel.graph().plugins.find((node) => node.id === id),
        disable: () =>
          change(id, (present) => {
            disabled.set(id, present);
            return undefined;
          }),
        async enable() {
          const kept = disabled.get(id);
          if (kept) await use([...kernel.composition().plugins, kept]);
          disabled.delete(id);
        },
        configure: (config) => change(id, (present) => ({ ...present, config })),
      };
    },
    async expectNoLeaks() {
      let isDrained = false;
      const drained = kernel.drained().finally(() => {
        isDrained = true;
      });
      const left = await settle(() => [
        ...(isDrained ? [] : ['an earlier generation still serves what began with it']),
        ...remainsOf(kernel, [...disabled.keys()]),
      ]);
      if (left.length > 0) throw new Error(`Plugins that have stopped left something:\n  - ${left.join('\n  - ')}`);
      await drained;
    },
  };
}

/** What is left of the plugins that do not run. */
function remainsOf(kernel: Kernel, disabled: readonly string[]): readonly string[] {
  const { plugins } = kernel.graph();
  const stopped = plugins.filter(({ state }) => state === 'stopped' || state === 'failed').map(({ id }) => id);
  return [...new Set([...disabled, ...stopped])].flatMap((id) =>
    pluginRemains(kernel, id).map((what) => `${id}: ${what}`),
  );
}
