import * as z from 'zod';
import type { JsonSchema } from '../manifest/json-schema.ts';
import { suggestion } from '../nearest-name.ts';
import { unknownKeys } from './unknown-keys.ts';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** A length of time as people write it, in milliseconds: `500ms`, `20s`, `2m`. */
const Duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m)$/, 'expected a time with its unit, such as 500ms, 20s or 2m')
  .transform((text) => {
    const [, amount, unit] = /^([\d.]+)(ms|s|m)$/.exec(text) ?? [];
    return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  });

const Names = z.array(z.string());

const PluginEntry = z.object({
  use: z.string().min(1).describe('Id of a shipped or installed plugin, a package, or a path relative to this file.'),
  id: z
    .string()
    .min(1)
    .optional()
    .describe("Its id here, when not the plugin's own: a plugin may be used several times."),
  enabled: z.boolean().default(true).describe('false leaves the plugin out.'),
  config: z.record(z.string(), z.unknown()).optional().describe("The plugin's settings."),
  grants: z
    .object({
      network: Names.optional().describe('Hosts it may call.'),
      secrets: Names.optional().describe('Paths of secret settings it may read.'),
      hooks: Names.optional().describe('Hooks it may tap.'),
      capabilities: Names.optional().describe('Capabilities it may use and provide.'),
      storage: z.boolean().optional().describe('Whether it may keep records.'),
    })
    .optional()
    .describe('What it may use of what it declares; all of it without grants. What is not named is not allowed.'),
  isolation: z.enum(['inline', 'process']).optional().describe('Where its server side runs; inline without it.'),
  startup: z
    .object({ timeout: Duration.optional().describe('How long its setup may take: 500ms, 20s, 2m; 10s without it.') })
    .optional(),
});

const ConfigFileSchema = z.object({
  name: z.string().min(1).optional().describe('Name of this installation, as the page shows it.'),
  plugins: z.array(PluginEntry).optional().describe('Plugins that are set, left out or added.'),
  bindings: z
    .record(z.string(), z.string())
    .default({})
    .describe('Which plugin provides a capability when several could, by capability.'),
  order: z
    .record(z.string(), Names)
    .default({})
    .describe('Order of the taps of a hook: ids of plugins, with * for all that are not named.'),
  required: Names.default([]).describe('Plugins and capabilities without which the server does not start.'),
  server: z
    .object({
      port: z.coerce.number().int().min(0).max(65_535).optional().describe('TCP port; 0 takes a free one.'),
      address: z.string().min(1).optional().describe('Address to listen on.'),
      publicUrl: z.url().optional().describe('Address people reach the server at.'),
      trustedProxies: Names.optional().describe('Proxies whose X-Forwarded-* headers are believed.'),
    })
    .default({})
    .describe('How the server is reached; taken over at its next start.'),
});

/** One plugin of a config file, its places filled. */
export type ConfigEntry = z.output<typeof PluginEntry>;
/** What a config file says, its places filled. */
export type ConfigTree = z.output<typeof ConfigFileSchema>;
/** What may be written in a `parley.config.ts`. */
export type ConfigInput = z.input<typeof ConfigFileSchema>;

/** The configuration of a `parley.config.ts`, with its types checked. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;

/** The schema of a whole config file but for the settings of plugins. */
export const configFileSchema = z.toJSONSchema(ConfigFileSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Something wrong in a config file, by the path of the value. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** A tree as the schema lets it in, and everything that does not fit. */
export function checkTree(given: unknown): {
  readonly tree: ConfigTree | undefined;
  readonly misfits: readonly Misfit[];
} {
  const unknown = unknownKeys(configFileSchema, given).map(({ path, known }) => ({
    path,
    text: `${path.map(String).join('.')}: unknown key; ${suggestion(String(path.at(-1)), known)}`,
  }));
  const { data, error } = ConfigFileSchema.safeParse(given);
  const misfits = (error?.issues ?? []).map(({ path, message }) => ({
    path,
    text: `${path.map(String).join('.') || 'the file'}: ${message}`,
  }));
  return { tree: data, misfits: [...unknown, ...misfits] };
}
