import type { AnyPlugin, Logger, PluginContext, PluginUse } from '@parley/kernel';
import * as z from 'zod';
import { exchangeFacts } from '../http/exchange.ts';
import { Description, SettingsOutcome } from './description.ts';
import { runPlugin } from './host/run-plugin.ts';
import { spawnChild } from './host/spawn-child.ts';
import type { Child } from './host/spawn-child.ts';
import { createSettingsBook, staticPart } from './host/static-part.ts';
import type { SettingsBook } from './host/static-part.ts';
import type { Supervisor } from './host/supervisor.ts';
import { isolationErrors } from './isolation-errors.ts';
import { CHILD_LIMITS } from './limits.ts';
import type { ChildLimits } from './limits.ts';

/** A plugin of a composition whose server side runs in a process of its own. */
export type IsolatedUse = Omit<PluginUse, 'plugin'> & {
  readonly isolation: 'process';
  /** File URL of its server door. */
  readonly door: string;
};

/** Runs plugins in processes of their own; a kernel that gets what it gives knows nothing of that. */
export interface Isolator {
  /**
   * The use with a definition that stands for the plugin behind its door. A child loads the door and says what it holds;
   * none of the plugin's code runs here. With the same `state` of its code the definition is the same, and a child is
   * asked only for settings it has not read yet.
   * @throws ISOLATION_DOOR_FAILED
   */
  isolate(use: IsolatedUse, state?: string): Promise<PluginUse>;
  /** Ends the children that have described themselves and wait. */
  stop(): void;
}

/** What an isolator works with. */
export interface IsolatorOptions {
  readonly dataDir: string;
  readonly log: (pluginId: string) => Logger;
  /** What the keys of one plugin derive from. */
  readonly pluginSeed: (pluginId: string) => Uint8Array;
  /** Permissions that the plugins of the composition declare. */
  readonly permissions: () => readonly string[];
  readonly strictOutput: boolean;
  /** A plugin has crashed too often and stays down. */
  readonly onGiveUp: (pluginId: string, reason: string) => void;
  readonly limits?: Partial<ChildLimits>;
}

interface Known {
  readonly state: string | undefined;
  readonly description: string;
  readonly book: SettingsBook;
  readonly plugin: AnyPlugin;
  /** Where it runs, by its id in the composition. */
  readonly running: ReadonlyMap<string, Supervisor>;
  /** By its id, the same function each time: a use that has not changed must not look as if it had. */
  readonly processes: Map<string, NonNullable<PluginUse['process']>>;
}

const Answer = z.object({ description: z.string(), settings: SettingsOutcome });

/** An isolator without any children yet. */
export function createIsolator(options: IsolatorOptions): Isolator {
  const limits: ChildLimits = { ...CHILD_LIMITS, ...options.limits };
  const known = new Map<string, Known>();
  /** Children that have described their plugin and could run it. */
  const waiting = new Map<
    string,
    { readonly child: Child; readonly timer: NodeJS.Timeout; readonly rename: (id: string) => void }
  >();

  const spawn = (door: string) => {
    let name = door;
    const child = spawnChild({
      door,
      dataDir: options.dataDir,
      limits,
      name: () => name,
      log: () => options.log(name === door ? 'host' : name),
      permissions: options.permissions,
      exchangeFacts,
    });
    return { child, rename: (id: string) => void (name = id) };
  };
  const take = (door: string, ctx: PluginContext<unknown>): Child => {
    const kept = waiting.get(door);
    waiting.delete(door);
    clearTimeout(kept?.timer);
    const { child, rename } = kept !== undefined && !kept.child.peer.isClosed ? kept : spawn(door);
    rename(ctx.id);
    return child;
  };
  const keep = (door: string, { child, rename }: ReturnType<typeof spawn>) => {
    if (waiting.has(door)) return child.kill('another one waits already');
    const timer = setTimeout(() => {
      waiting.delete(door);
      child.kill('nobody needed it');
    }, limits.idleMs).unref();
    waiting.set(door, { child, timer, rename });
    return undefined;
  };
  const define = (door: string, state: string | undefined, text: string): Known => {
    const description = Description.parse(JSON.parse(text));
    const before = known.get(door);
    if (before?.description === text && before.state === state) return before;
    const book = createSettingsBook();
    const part = staticPart(description, book);
    const running = new Map<string, Supervisor>();
    const plugin: AnyPlugin = {
      ...part,
      setup: async (ctx: PluginContext<unknown>, dependencies: Readonly<Record<string, unknown>>) =>
        await runPlugin(
          {
            plugin: part,
            description: text,
            ctx,
            dependencies,
            limits,
            keySeed: options.pluginSeed(ctx.id),
            strictOutput: options.strictOutput,
            spawn: () => take(door, ctx),
            onGiveUp: (reason) => options.onGiveUp(ctx.id, reason),
          },
          (supervisor) => void running.set(ctx.id, supervisor),
        ),
    };
    const entry = { state, description: text, book, plugin, running, processes: new Map() };
    known.set(door, entry);
    return entry;
  };
  const describe = async (door: string, state: string | undefined, config: unknown): Promise<Known> => {
    const spawned = spawn(door);
    const timer = setTimeout(
      () => spawned.child.kill(`it did not describe itself in ${limits.startMs} ms`),
      limits.startMs,
    );
    try {
      const answer = Answer.parse(await spawned.child.peer.call('describe', config));
      const defined = define(door, state, answer.description);
      defined.book.note(config, answer.settings);
      keep(door, spawned);
      return defined;
    } catch (error) {
      spawned.child.kill('it could not be described');
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      throw isolationErrors.DOOR_FAILED({ door, reason }, error);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    async isolate(use, state) {
      const { door, config, ...rest } = use;
      const before = known.get(door);
      const isKnown = state !== undefined && before?.state === state && before.book.read(config) !== undefined;
      const { plugin, running, processes } = isKnown ? before : await describe(door, state, config);
      const id = use.id ?? plugin.id;
      const process = processes.get(id) ?? (() => running.get(id)?.facts());
      processes.set(id, process);
      return { ...rest, door, plugin, process, ...(config === undefined ? {} : { config }) };
    },
    stop() {
      for (const { child, timer } of waiting.values()) {
        clearTimeout(timer);
        child.kill('the host stops');
      }
      waiting.clear();
    },
  };
}
