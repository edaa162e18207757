import { createHash } from 'node:crypto';
import type { AnyCapability, AnyEntity, Need } from '@parley/contracts';
import type { AnyPlugin } from '@parley/kernel';
import * as z from 'zod';
import type { Description, SettingsOutcome } from '../description.ts';
import { schemaFrom } from './stand-in.ts';

/** What the plugin's own schema said of settings, by the settings. */
export interface SettingsBook {
  note(given: unknown, outcome: SettingsOutcome): void;
  read(given: unknown): SettingsOutcome | undefined;
}

const MAX_NOTED = 100;
const keyOf = (given: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(given ?? {}))
    .digest('base64');

/** An empty book; it forgets the oldest of a hundred. */
export function createSettingsBook(): SettingsBook {
  const noted = new Map<string, SettingsOutcome>();
  return {
    note(given, outcome) {
      const key = keyOf(given);
      noted.delete(key);
      noted.set(key, outcome);
      const [oldest] = noted.keys();
      if (noted.size > MAX_NOTED && oldest !== undefined) noted.delete(oldest);
    },
    read: (given) => noted.get(keyOf(given)),
  };
}

/** Settings as the process of the plugin has read them. */
function configSchema(json: Readonly<Record<string, unknown>>, book: SettingsBook): z.ZodType {
  const schema = z.unknown().transform((given, context) => {
    const outcome = book.read(given);
    if (outcome === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'The plugin has not read these settings; load the composition again',
      });
      return z.NEVER;
    }
    if (!('issues' in outcome)) return outcome.settings;
    for (const { path, message } of outcome.issues) context.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  });
  schema._zod.toJSONSchema = () => structuredClone(json);
  return schema;
}

const toNeed = ({ need, capability }: Description['requires'][number]): Need => {
  const value: AnyCapability = { ...capability, descriptor: z.unknown() };
  return need === 'required' ? value : { need, capability: value };
};

/** An entity whose records the child has checked; the host decides only who sees which. */
const toEntity = ({ indexes, search, ttl, parent, secret, ...entity }: Description['entities'][number]): AnyEntity => ({
  ...entity,
  schema: z.looseObject({}),
  ...(parent === undefined ? {} : { parent }),
  ...(secret === undefined ? {} : { secret }),
  ...(ttl === undefined ? {} : { ttl: ttl }),
  ...(indexes === undefined ? {} : { indexes: indexes as never }),
  ...(search === undefined ? {} : { search: search }),
});

/** The definition of a plugin from its description: everything but its code. */
export function staticPart(description: Description, book: SettingsBook): Omit<AnyPlugin, 'setup'> {
  const { id, version, kernel, critical, configSchema: json, requires, provides, entities } = description;
  const { hooks, swap, permissions, ui } = description;
  return {
    id,
    version,
    kernel,
    critical,
    ...(json === undefined ? {} : { config: configSchema(json, book) }),
    requires: Object.fromEntries(requires.map((each) => [each.name, toNeed(each)])),
    provides: provides.map(
      ({ namespaced, ...each }): AnyCapability => ({
        ...each,
        ...(namespaced === undefined ? {} : { namespaced }),
        descriptor: schemaFrom(each.descriptor),
      }),
    ),
    entities: entities.map(toEntity),
    ...(hooks === undefined ? {} : { hooks }),
    ...(swap === undefined ? {} : { swap }),
    ...(permissions === undefined ? {} : { permissions: permissions as NonNullable<AnyPlugin['permissions']> }),
    ...(ui === undefined ? {} : { ui: ui as unknown as NonNullable<AnyPlugin['ui']> }),
  };
}
