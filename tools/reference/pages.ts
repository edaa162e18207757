import type { AnyCapability, AnyHook, ErrorFactory } from '@parley/contracts';
import type { Slot } from '@parley/contracts';
import * as kits from '@parley/testing/kits';
import type * as z from 'zod';
import { block, code, page, shapeOf, table } from './markdown.ts';
import type { KnownPlugin } from './plugins.ts';
import { commentOf, customTypeOf, findType, findTypes, propsOf } from './read-types.ts';
import { findDefined, ownerOf, sources } from './sources.ts';
import type { Defined, SourceFile } from './sources.ts';

type WithSchemas = AnyHook & { readonly input?: z.ZodType; readonly output?: z.ZodType };

const byId = <T extends { readonly id: string }>(a: Defined<T>, b: Defined<T>): number =>
  a.value.id < b.value.id ? -1 : 1;

/** How a payload looks: its type's source, or the shape of its schema. */
function payload(label: string, key: 'input' | 'output', { name, value, file }: Defined<WithSchemas>): string[] {
  const custom =
    customTypeOf(name, key, file) ?? (key === 'input' ? streamTypeOf(name, file, 1) : streamTypeOf(name, file, 2));
  const schema = value[key];
  if (custom === undefined && !schema) return [];
  const type = custom ?? (schema && shapeOf(schema)) ?? 'unknown';
  const source = /^\w+$/.test(type) ? findType(type, file) : undefined;
  return [`${label}: ${source ? code(type) : ''}`.trim(), block(source ?? type)];
}

/** The n-th type of `defineHook<'stream', Opening, Part>`. */
const streamTypeOf = (name: string, { text }: SourceFile, position: number): string | undefined =>
  new RegExp(`export const ${name} = defineHook<([^>]*)>`).exec(text)?.[1]?.split(',')[position]?.trim();

/** `hooks.md`. */
export async function hooksPage(plugins: readonly KnownPlugin[]): Promise<string> {
  const hooks = (await findDefined<WithSchemas>('defineHook')).toSorted(byId);
  const tapsOf = (id: string) =>
    plugins.filter(({ manifest }) => manifest.hooks.includes(id)).map(({ manifest }) => code(manifest.id));
  const parts = hooks.map((hook) => {
    const { id, kind, onError, timeoutMs } = hook.value;
    const facts = [
      `Kind ${code(kind)}`,
      kind === 'gate'
        ? 'a failing tap denies'
        : onError === 'skip'
          ? 'a failing tap is left out'
          : 'a failing tap ends the call',
      timeoutMs === 0 ? 'synchronous' : `each tap has ${timeoutMs} ms`,
      `owned by ${code(ownerOf(hook.file))}`,
      `tapped by ${tapsOf(id).join(', ') || 'nobody'}`,
    ];
    return [
      `## ${id}`,
      commentOf(hook.name, hook.file) || hook.value.summary,
      `${facts.join('; ')}. Import: ${code(hook.name)}.`,
      ...payload('Value', 'input', hook),
      ...payload('Answer', 'output', hook),
    ].join('\n\n');
  });
  const introduction =
    'Named points in the flow of the server. A plugin names the ones it taps in `hooks` of its definition and taps them with `ctx.on(hook, tap)`; what each kind means stands at `HookKind`. Who taps it counts the plugins of this repository.';
  return page('Hooks', introduction, parts);
}

/** The interface a capability is defined with. */
const interfaceOf = ({ name, file }: Defined<unknown>): string =>
  new RegExp(`export const ${name} = defineCapability<(\\w+)>`).exec(file.text)?.[1] ?? '';

/** `capabilities.md`. */
export async function capabilitiesPage(plugins: readonly KnownPlugin[]): Promise<string> {
  const capabilities = (await findDefined<AnyCapability>('defineCapability')).toSorted(byId);
  const kitOf = (id: string) =>
    Object.entries(kits).find(
      ([, kit]) => typeof kit === 'object' && 'capability' in kit && kit.capability === id,
    )?.[0];
  const parts = capabilities.map((capability) => {
    const { id, version, arity, descriptor } = capability.value;
    const named = (list: (plugin: KnownPlugin) => readonly { readonly capability: string }[]) =>
      plugins
        .filter((plugin) => list(plugin).some((each) => each.capability === id))
        .map((plugin) => code(plugin.manifest.id));
    const kit = kitOf(id);
    const facts = [
      `Version ${version}, arity ${code(arity)}`,
      `provided by ${named(({ manifest }) => manifest.provides).join(', ') || 'no plugin of this repository'}`,
      `needed by ${named(({ manifest }) => manifest.requires).join(', ') || 'nobody yet'}`,
      kit === undefined ? 'no conformance kit' : `conformance kit ${code(kit)}`,
    ];
    const types = findTypes(interfaceOf(capability), capability.file);
    return [
      `## ${id}`,
      commentOf(capability.name, capability.file),
      `${facts.join('; ')}. Import: ${code(capability.name)}.`,
      `Descriptor: ${code(shapeOf(descriptor) ?? '{}')}`,
      ...(types.length === 0 ? [] : [block(types.join('\n\n'))]),
    ].join('\n\n');
  });
  const introduction =
    'Typed interfaces that plugins provide with `ctx.provide` and others name in `requires`. `one`: a single implementation serves all; `keyed`: one per key; `many`: any number.';
  return page('Capabilities', introduction, parts);
}

/** `slots.md`. */
export async function slotsPage(plugins: readonly KnownPlugin[]): Promise<string> {
  const slots = (await findDefined<Slot<unknown>>('defineSlot')).toSorted(byId);
  const rows = slots.map(({ name, value, file }) => [
    code(value.id),
    value.arity,
    value.summary,
    code(propsOf(name, file)),
    plugins
      .filter(({ manifest }) => Object.hasOwn(manifest.ui?.slots ?? {}, value.id))
      .map(({ manifest }) => manifest.id)
      .join(', '),
    code(`${name} of ${ownerOf(file)}`),
  ]);
  const introduction =
    'Named places in the page. A plugin lists its contributions in `ui.slots` of its definition and draws them in `src/web/index.ts`. Props are given as their schema.';
  return page('Slots', introduction, [
    table(['Id', 'Arity', 'What it is for', 'Props', 'Filled by', 'Defined as'], rows),
  ]);
}

/** `errors.md`. */
export async function errorsPage(): Promise<string> {
  const tables = await findDefined<Readonly<Record<string, ErrorFactory>>>('defineErrors');
  const declared = tables.flatMap(({ value, file }) =>
    Object.values(value).map(({ code: id, status, template }) => [id, String(status), template, ownerOf(file)]),
  );
  const inPlace = sources.flatMap((file) =>
    [...file.text.matchAll(/code: '([A-Z][A-Z0-9_]+)',\s*status: (\d+)/g)].map(([, id = '', status = '']) => [
      id,
      status,
      '',
      ownerOf(file),
    ]),
  );
  const rows = new Map([...inPlace, ...declared].map((row) => [row[0] ?? '', row]));
  const introduction =
    'Every code that a reply, a log line or the command line may carry. The message says what was expected, what came and what to do; `{name}` is filled in. Recognise an error with `isAppError(error, code)`. A message that is made where it is thrown is not repeated here.';
  const sorted = [...rows.values()].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return page('Error codes', introduction, [
    table(
      ['Code', 'Status', 'Message', 'From'],
      sorted.map(([id = '', ...rest]) => [code(id), ...rest]),
    ),
  ]);
}
