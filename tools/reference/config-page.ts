import { block, code, page, table, typeOf } from './markdown.ts';
import type { KnownPlugin } from './plugins.ts';
import { plainComment } from './read-types.ts';
import { sources } from './sources.ts';

interface Setting {
  readonly default?: unknown;
  readonly description?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly visibility?: string;
}

/** The last word of a setting's name that is a unit, in full. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Ms$/, 'milliseconds'],
  [/Seconds$/, 'seconds'],
  [/Minutes$/, 'minutes'],
  [/Hours$/, 'hours'],
  [/Days$/, 'days'],
  [/Bytes$/, 'bytes'],
  [/Characters$/, 'characters'],
  [/Tokens$/, 'tokens'],
];
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

const unitOf = (name: string): string => UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? '';

/** The comment above a setting in the sources of its plugin. */
function describe(folder: string, name: string): string {
  for (const { path, text } of sources) {
    if (!path.startsWith(`plugins/${folder}/src/`)) continue;
    const [, comment] =
      new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${name}: *(z\\b|secret|$)`, 'm').exec(text) ?? [];
    if (comment !== undefined) return plainComment(comment);
  }
  return '';
}

function boundsOf({ minimum, maximum }: Setting): string {
  if (minimum === undefined && maximum === undefined) return '';
  const upper = maximum === undefined || maximum === NO_LIMIT ? '' : String(maximum);
  return ` ${minimum ?? ''}..${upper}`;
}

function settingRow(folder: string, name: string, setting: Setting, isRequired: boolean): readonly string[] {
  const isSecret = setting.format === 'secret';
  return [
    code(name),
    isSecret ? 'secret' : `${typeOf(setting)}${boundsOf(setting)}`,
    unitOf(name),
    setting.default === undefined ? (isRequired ? 'must be given' : '') : code(JSON.stringify(setting.default)),
    setting.description ?? describe(folder, name),
    isSecret ? 'nobody' : setting.visibility === 'client' ? 'browsers' : 'administrators',
  ];
}

/** `config.md`. */
export function configPage(plugins: readonly KnownPlugin[]): string {
  const parts = plugins.flatMap(({ folder, manifest }) => {
    const { configSchema } = manifest as {
      configSchema?: { properties?: Record<string, Setting>; required?: string[] };
    };
    const settings = Object.entries(configSchema?.properties ?? {});
    if (settings.length === 0) return [];
    const rows = settings.map(([name, setting]) =>
      settingRow(folder, name, setting, configSchema?.required?.includes(name) ?? false),
    );
    return [`## ${manifest.id}\n\n${table(['Setting', 'Type', 'Unit', 'Default', 'What it does', 'Seen by'], rows)}`];
  });
  const example = ['plugins:', '  - use: notes', '    config: { maxNotesPerConversation: 50 }'].join('\n');
  const introduction = `Settings of the plugins of this repository, for \`parley.config.yaml\`:\n\n${block(example, 'yaml')}\n\nWhat stands around the plugins in that file is told in [Running a server](../guides/operate.md).`;
  return page('Settings', introduction, parts);
}
