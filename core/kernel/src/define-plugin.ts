import type { AnyCapability, AnyEntity, AnyHook, Dependencies, Need, SlotContribution } from '@parley/contracts';
import type * as z from 'zod';
import type { PluginContext } from './plugin-context.ts';

/** What a plugin may reach beyond its own records; the operator grants it, the handles enforce it. */
export interface Permissions {
  /**
   * Hosts the plugin's `ctx.fetch` may call: `api.example.com`, `config:<setting>` for the host of a setting's URL, or
   * `api.{<setting>}.example.com` for one part of the name, which a setting gives; a list gives several hosts.
   */
  readonly network?: readonly string[];
  /** Permissions this plugin adds, for `access` of operations and for roles. */
  readonly declares?: readonly string[];
}

/** Where a page loads a federated web side from; a host sets it for the packages it has checked. */
export interface UiRemote {
  /** Name of the container. */
  readonly remote: string;
  /** Path of its first file on the host's own origin. */
  readonly entry: string;
  /** Subresource integrity of that file. */
  readonly integrity: string;
}

/** The plugin's web side, laid out from data before any of its code loads. */
export interface PluginUi {
  /** The web door, relative to the package: `./web`. */
  readonly module: string;
  /** True when the shell's own build contains this web side; otherwise it is a federated remote. */
  readonly builtIn?: boolean;
  /** The built remote; without it, the one of the host's web build. */
  readonly remote?: UiRemote;
  /** Contributions by slot id. */
  readonly slots: Readonly<Record<string, readonly SlotContribution[]>>;
}

/** A plugin: a static part that the kernel resolves on, and `setup`, which wires it. */
export interface PluginDefinition<
  C extends z.ZodType = z.ZodType,
  R extends Readonly<Record<string, Need>> = Readonly<Record<string, Need>>,
  H extends readonly AnyHook[] = readonly AnyHook[],
> {
  /** Kebab-case, dots for a vendor's prefix: `notes`, `acme.notes`. */
  readonly id: string;
  readonly version: string;
  /** Semver range of the kernel's API this plugin was written for. */
  readonly kernel: string;
  /** Schema of the settings; units in the names. Fields with `.meta({ visibility: 'client' })` reach the browser. */
  readonly config?: C;
  /** Capabilities used, as they come to `setup`. */
  readonly requires?: R;
  readonly provides?: readonly AnyCapability[];
  /** Hooks it taps; those it runs itself need no mention. */
  readonly hooks?: H;
  readonly entities?: readonly AnyEntity[];
  readonly permissions?: Permissions;
  /** Whether the host can't run without it; a failing critical plugin ends the start. */
  readonly critical?: boolean;
  /**
   * How a new generation takes over. `overlap`, as without it: it starts while the old one serves. `restart`: the old one
   * stops first, for something only one can have; requests in between find nobody.
   */
  readonly swap?: 'overlap' | 'restart';
  readonly ui?: PluginUi;
  /** Wires the plugin; may be asynchronous within the start limit. Everything it registers is undone when it stops. */
  setup(ctx: PluginContext<z.output<C>, H[number]>, deps: Dependencies<R>): void | Promise<void>;
}

/** Any plugin definition. The bivariant `setup` lets a kernel hold plugins of every config and needs. */
export type AnyPlugin = Omit<PluginDefinition, 'setup'> & {
  setup(ctx: PluginContext<never>, deps: never): void | Promise<void>;
};

/**
 * A plugin, its types inferred from `config`, `requires` and `hooks`.
 * @example
 * export default definePlugin({ id: 'brief', version: '1.0.0', kernel: '^1.0.0', hooks: [chatPrompt],
 *   setup(ctx) { ctx.on(chatPrompt, (prompt) => ({ ...prompt, system: `${prompt.system} Be brief.` })); } });
 */
export const definePlugin = <
  C extends z.ZodType = z.ZodUndefined,
  const R extends Readonly<Record<string, Need>> = Record<never, never>,
  const H extends readonly AnyHook[] = readonly [],
>(
  plugin: PluginDefinition<C, R, H>,
): PluginDefinition<C, R, H> => plugin;
