import * as z from 'zod';

/** What an operator allows a plugin. Shape: a field that is absent allows nothing of its kind. */
export const GrantsView = z.object({
  /** Hosts it may call. */
  network: z.array(z.string()).optional(),
  /** Paths of secret settings it may read. */
  secrets: z.array(z.string()).optional(),
  /** Hooks it may tap. */
  hooks: z.array(z.string()).optional(),
  /** Capabilities it may use and provide. */
  capabilities: z.array(z.string()).optional(),
  /** Whether it may keep records. */
  storage: z.boolean().optional(),
});
export type GrantsView = z.output<typeof GrantsView>;

/** Where a plugin's server side runs. */
export const Isolation = z.enum(['inline', 'process']);
export type Isolation = z.output<typeof Isolation>;

/** What stands in place of a secret that is set; sent back, it leaves the secret as it is. */
export const SECRET_PLACEHOLDER = { $secret: true } as const;

const PluginId = z.string().min(1).max(100);
/**
 * Settings that change: a key that is absent stays, `null` takes back what was set here so that the config file or the
 * schema's default holds again, objects are merged, lists are replaced, `{"$secret": true}` leaves a secret.
 */
const SettingsPatch = z.record(z.string(), z.unknown());

/** One wish for the composition. `use` is the id of a shipped plugin, a path, a package, or the id of an installed plugin. */
export const Change = z.discriminatedUnion('do', [
  z.object({ do: z.literal('enable'), id: PluginId }),
  z.object({ do: z.literal('disable'), id: PluginId }),
  /** Takes an added plugin out; one of the config file or the defaults can only be disabled. */
  z.object({ do: z.literal('remove'), id: PluginId }),
  /** Takes back every change made here, so that the config file or the defaults hold again. */
  z.object({ do: z.literal('restore'), id: PluginId }),
  z.object({ do: z.literal('configure'), id: PluginId, settings: SettingsPatch }),
  z.object({ do: z.literal('grant'), id: PluginId, grants: GrantsView }),
  z.object({ do: z.literal('isolate'), id: PluginId, isolation: Isolation }),
  z.object({
    do: z.literal('add'),
    use: z.string().min(1).max(500),
    id: PluginId.optional(),
    settings: SettingsPatch.optional(),
    grants: GrantsView.optional(),
    isolation: Isolation.optional(),
  }),
  /** Loads the plugin's code again, from `use` when it is given. */
  z.object({ do: z.literal('update'), id: PluginId, use: z.string().min(1).max(500).optional() }),
]);
export type Change = z.output<typeof Change>;

const Difference = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/** What happens to one plugin. */
export const PluginChangeView = z.object({
  pluginId: z.string(),
  /** `replace` overlaps old and new; `restart` stops the old before the new starts. */
  action: z.enum(['start', 'stop', 'replace', 'restart']),
  /** In words: `settings changed: maxNotes`, `its storage-driver is replaced`. */
  reason: z.string(),
  fromVersion: z.string().optional(),
  toVersion: z.string().optional(),
  /** Names of changed settings, never their values. */
  settings: z.array(z.string()),
  permissions: Difference,
  migrations: z.array(z.object({ entity: z.string(), from: z.number().int(), to: z.number().int() })),
  routes: Difference,
  slots: Difference,
  /** Streams and runs that will end on the old generation. */
  leases: z.number().int(),
});
export type PluginChangeView = z.output<typeof PluginChangeView>;

/** What changes would do; nothing is touched by asking. */
export const PlanView = z.object({
  /** Hash of what the plan says: `apply` with it does this or nothing. */
  id: z.string(),
  changes: z.array(PluginChangeView),
  /** Plugins in the order they start. */
  startOrder: z.array(z.string()),
  /** Hooks whose taps will stand in another order. */
  hookOrders: z.array(z.object({ hook: z.string(), before: z.array(z.string()), after: z.array(z.string()) })),
  /** What keeps it from being applied. */
  problems: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type PlanView = z.output<typeof PlanView>;

/** What was done. Units: `tookMs` in milliseconds. */
export const AppliedView = z.object({
  /** Number of the composition that runs now. */
  version: z.number().int(),
  changes: z.array(PluginChangeView),
  /** Where each plugin that changed stands now. */
  plugins: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      reason: z.string().optional(),
      generation: z.number().int(),
    }),
  ),
  warnings: z.array(z.string()),
  tookMs: z.number(),
});
export type AppliedView = z.output<typeof AppliedView>;
