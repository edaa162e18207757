import type { ManagedModel, ModelRule } from '@parley/plugin-models/contract';
import type { FormValue, JsonSchema, ValuePath } from '@parley/ui/schema-form';
import { countText, messages, usdText } from './messages.ts';
import { ABILITIES } from './use-model-filter.ts';

const PRICES = {
  inputUsdPerMillion: messages.inputPrice,
  outputUsdPerMillion: messages.outputPrice,
  cachedInputUsdPerMillion: messages.cachedPrice,
  cacheWriteUsdPerMillion: messages.writePrice,
} as const;
const LIMITS = { contextWindowTokens: messages.contextWindow, maxOutputTokens: messages.maxOutput } as const;

/** What an operator can say about a model, as a form asks for it, each with what provider and catalogue say. */
export function ruleSchema(item: Said): JsonSchema {
  const field = (path: ValuePath, title: string, more: JsonSchema): JsonSchema => {
    const said = saidBeside(item, path);
    return { ...more, title, description: said === undefined ? more.description : capital(said) } as JsonSchema;
  };
  const each = (titles: Readonly<Record<string, string>>, more: JsonSchema) =>
    Object.fromEntries(Object.entries(titles).map(([key, title]) => [key, field([key], title, more)]));
  const abilities = ABILITIES.map((name) => [
    name,
    field(['abilities', name], capital(messages.abilities[name]), { enum: [messages.yes, messages.no] }),
  ]);
  return {
    type: 'object',
    properties: {
      name: field(['name'], messages.name, { type: 'string', maxLength: 200 }),
      ...each(LIMITS, { type: 'integer', exclusiveMinimum: 0 }),
      ...each(PRICES, { type: 'number', minimum: 0 }),
      roles: field(['roles'], messages.roles, {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 80 },
        description: messages.rolesText,
      }),
      abilities: { type: 'object', title: messages.abilitiesTitle, properties: Object.fromEntries(abilities) },
    },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A rule as the form holds it; whether the model is shown is not part of it. */
export function toForm(rule: ModelRule | undefined): FormValue {
  const { enabled: _, abilities, description: _description, ...rest } = rule ?? {};
  if (!abilities) return rest;
  const words = Object.entries(abilities).map(([name, can]) => [name, can ? messages.yes : messages.no]);
  return { ...rest, abilities: Object.fromEntries(words) as FormValue };
}

/** The rule that a form says, with what it does not ask for as it was; `null` when it says nothing at all. */
export function toRule(value: FormValue, before: ModelRule | undefined): ModelRule | null {
  const { abilities, roles, ...rest } = value as FormValue & {
    readonly abilities?: Readonly<Record<string, string>>;
    readonly roles?: readonly string[];
  };
  const stated = Object.entries(abilities ?? {}).map(([name, word]) => [name, word === messages.yes] as const);
  const { enabled, description } = before ?? {};
  const rule = {
    ...(enabled === undefined ? {} : { enabled }),
    ...(description === undefined ? {} : { description }),
    ...rest,
    ...(stated.length === 0 ? {} : { abilities: Object.fromEntries(stated) }),
    ...(roles === undefined || roles.length === 0 ? {} : { roles: [...roles] }),
  } as ModelRule;
  return Object.keys(rule).length === 0 ? null : rule;
}

type Said = Pick<ManagedModel, 'listed' | 'facts'>;

/** What provider and catalogue say about the value of a field; `undefined` for what neither can know. */
export function saidBeside({ listed, facts }: Said, path: ValuePath): string | undefined {
  const [key, inner] = path.map(String);
  if (key === undefined || key === 'roles' || (key === 'abilities' && inner === undefined)) return undefined;
  const valueOf = (one: Said['listed'] | Said['facts']): unknown =>
    key === 'abilities'
      ? (one?.abilities as Readonly<Record<string, boolean>> | undefined)?.[inner ?? '']
      : (one as Readonly<Record<string, unknown>> | undefined)?.[key];
  const text = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? messages.yes : messages.no;
    if (typeof value === 'number') return key in PRICES ? usdText(value) : countText(value);
    return String(value);
  };
  const [provider, catalogue] = [valueOf(listed), valueOf(facts)];
  const said = [
    ...(provider === undefined ? [] : [messages.saysProvider(text(provider))]),
    ...(catalogue === undefined ? [] : [messages.saysCatalogue(text(catalogue))]),
  ];
  return said.length === 0 ? messages.saysNobody : said.join(' · ');
}
