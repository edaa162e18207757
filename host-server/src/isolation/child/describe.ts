import type { AnyEntity, Need } from '@parley/contracts';
import type { AnyPlugin } from '@parley/kernel';
import * as z from 'zod';
import { isolationErrors } from '../isolation-errors.ts';
import { hookFacts } from './hook-facts.ts';
import type { Description, SettingsOutcome } from '../description.ts';

const toJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;

const describeNeed = (name: string, entry: Need): Description['requires'][number] => {
  const { capability, need } = 'need' in entry ? entry : { capability: entry, need: 'required' as const };
  const { id, version, arity } = capability;
  return { name, need, capability: { id, version, arity } };
};

function describeEntity(plugin: AnyPlugin, entity: AnyEntity): Description['entities'][number] {
  const { name, version, scope, parent, secret, indexes, ttl, search, migrate } = entity;
  if (migrate !== undefined && Object.keys(migrate).length > 0) {
    const reason = 'records are migrated inside the database transaction, at once; run the plugin inline';
    throw isolationErrors.UNSUPPORTED({ plugin: plugin.id, what: `the migration of ${name}`, reason });
  }
  if (search !== undefined && !('length' in search)) {
    const reason = 'texts to search are made where the records are; list fields instead, or run the plugin inline';
    throw isolationErrors.UNSUPPORTED({ plugin: plugin.id, what: `the search of ${name} by functions`, reason });
  }
  return {
    name,
    version,
    scope,
    ...(parent === undefined ? {} : { parent }),
    ...(secret ? { secret: [...secret] } : {}),
    ...(indexes ? { indexes: indexes.map((index) => ({ ...index, fields: [...index.fields] })) } : {}),
    ...(ttl === undefined ? {} : { ttl }),
    ...(search ? { search: [...search] } : {}),
  };
}

/** What a host must know of a plugin before any of its code runs. */
export function describePlugin(plugin: AnyPlugin): Description {
  const { id, version, kernel, critical = false, config, requires = {}, provides = [], entities = [] } = plugin;
  return {
    id,
    version,
    kernel,
    critical,
    ...(config ? { configSchema: toJson(config) } : {}),
    requires: Object.entries(requires).map(([name, entry]) => describeNeed(name, entry)),
    provides: provides.map((each) => ({
      id: each.id,
      version: each.version,
      arity: each.arity,
      descriptor: toJson(each.descriptor),
      ...(each.namespaced ? { namespaced: each.namespaced } : {}),
    })),
    entities: entities.map((entity) => describeEntity(plugin, entity)),
    ...(plugin.hooks ? { hooks: plugin.hooks.map((hook) => hookFacts(plugin.id, hook)) } : {}),
    ...(plugin.swap ? { swap: plugin.swap } : {}),
    ...(plugin.permissions ? { permissions: plugin.permissions as Description['permissions'] } : {}),
    ...(plugin.ui ? { ui: plugin.ui as Description['ui'] } : {}),
  };
}

/** Settings as data: what only means something in this process is left out. */
function toData(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (Array.isArray(value)) return value.map(toData);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toData(field)]));
}

/** Settings after the plugin's own schema, or what is wrong with them; unknown keys are the host's business. */
export function parseSettings({ config }: AnyPlugin, given: unknown): SettingsOutcome {
  if (config === undefined) return { settings: undefined };
  const parsed = config.safeParse(given ?? {});
  if (parsed.success) return { settings: toData(parsed.data) };
  const issues = parsed.error.issues
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map(({ path, message }) => ({
      path: path.map((key) => (typeof key === 'number' ? key : String(key))),
      message,
    }));
  return { issues };
}
