import type { Change, PluginEntryView } from '@parley/contracts';
import type { FormValue, JsonSchema } from '@parley/ui/schema-form';

/** Settings that nearly everybody has to look at; those that are required are too. */
const FIRST_FIELDS: ReadonlySet<string> = new Set(['baseUrl', 'apiKey', 'region']);
/** Asked for by fields of their own. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['key', 'title']);

/** The settings of a provider plugin in two parts, each a schema of its own: those to begin with, and the rest. */
export function splitSettings(schema: JsonSchema): { readonly first: JsonSchema; readonly rest: JsonSchema } {
  const { properties = {}, required = [] } = schema;
  const part = (belongs: (name: string) => boolean): JsonSchema => {
    const names = Object.keys(properties).filter((name) => !OWN_FIELDS.has(name) && belongs(name));
    return {
      ...schema,
      properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])),
      required: required.filter((name) => names.includes(name)),
    };
  };
  const isFirst = (name: string): boolean => FIRST_FIELDS.has(name) || required.includes(name);
  return { first: part(isFirst), rest: part((name) => !isFirst(name)) };
}

/** The changes that make a provider of a plugin: turned on and set up where it was off, one more of it otherwise. */
export function instanceChanges(
  kind: Pick<PluginEntryView, 'id' | 'use' | 'isEnabled'>,
  { key, title, settings }: { readonly key: string; readonly title: string; readonly settings: FormValue },
): Change[] {
  const whole = { ...settings, key, title };
  if (kind.isEnabled) return [{ do: 'add', use: kind.use, id: key, settings: whole }];
  return [
    { do: 'enable', id: kind.id },
    { do: 'configure', id: kind.id, settings: whole },
  ];
}
