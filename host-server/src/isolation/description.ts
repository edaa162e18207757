import * as z from 'zod';

const JsonSchema = z.record(z.string(), z.unknown());
export const Capability = z.object({
  id: z.string().min(1),
  version: z.string().min(1),
  arity: z.enum(['one', 'keyed', 'many']),
});
const Contribution = z.object({
  id: z.string(),
  key: z.string().optional(),
  title: z.string().optional(),
  icon: z.string().optional(),
  order: z.number().optional(),
});

/** The static part of a plugin as data, as its own process tells it. */
export const Description = z.object({
  id: z.string().min(1).max(200),
  version: z.string(),
  kernel: z.string(),
  critical: z.boolean(),
  configSchema: JsonSchema.optional(),
  requires: z.array(
    z.object({ name: z.string(), need: z.enum(['required', 'optional', 'live']), capability: Capability }),
  ),
  provides: z.array(
    Capability.extend({ descriptor: JsonSchema, namespaced: z.array(z.string()).readonly().optional() }),
  ),
  entities: z.array(
    z.object({
      name: z.string().min(1),
      version: z.number().int().min(0),
      scope: z.enum(['user', 'tenant', 'global']),
      indexes: z.array(z.object({ fields: z.array(z.string()), unique: z.boolean().optional() })).optional(),
      parent: z.string().optional(),
      secret: z.array(z.string()).optional(),
      ttl: z.string().optional(),
      search: z.array(z.string()).optional(),
    }),
  ),
  hooks: z
    .array(
      z.object({
        id: z.string().min(1),
        kind: z.enum(['notify', 'series', 'waterfall', 'bail', 'parallel', 'collect', 'gate', 'around', 'stream']),
        summary: z.string(),
        onError: z.enum(['skip', 'fail']),
        timeoutMs: z.number().min(0),
      }),
    )
    .optional(),
  swap: z.enum(['overlap', 'restart']).optional(),
  permissions: z
    .object({ network: z.array(z.string()).optional(), declares: z.array(z.string()).optional() })
    .optional(),
  ui: z
    .looseObject({
      module: z.string(),
      builtIn: z.boolean().optional(),
      slots: z.record(z.string(), z.array(Contribution)),
    })
    .optional(),
});
export type Description = z.output<typeof Description>;

/** Settings after the plugin's own schema, or what is wrong with them. */
export const SettingsOutcome = z.union([
  z.object({ settings: z.unknown() }),
  z.object({ issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })) }),
]);
export type SettingsOutcome = z.output<typeof SettingsOutcome>;
