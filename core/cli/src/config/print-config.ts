import type { Style } from '../print/style.ts';
import type { InspectedPlugin, Inspection } from './open-config.ts';

const scalar = (value: unknown): string =>
  typeof value === 'string' && /^[\w./:@-]+$/.test(value) && !/^(true|false|null|[\d.]+)$/.test(value)
    ? value
    : JSON.stringify(value);

/** A place as somebody in this folder would name it. */
const near = (place: string): string => place.replace(`${process.cwd()}/`, '');

/** Settings as nested YAML lines, each with where it comes from. */
function settingLines(settings: InspectedPlugin['effective'], indent: string, style: Style): string[] {
  const lines: string[] = [];
  let parents: readonly string[] = [];
  for (const { path, value, origin } of settings) {
    const shared = path.findIndex((step, index) => parents[index] !== step || index === path.length - 1);
    for (let depth = shared; depth < path.length - 1; depth += 1)
      lines.push(`${indent}${'  '.repeat(depth)}${path[depth]}:`);
    const name = `${indent}${'  '.repeat(path.length - 1)}${path.at(-1)}`;
    lines.push(`${name}: ${scalar(value)}  ${style.dim(`# ${near(origin)}`)}`);
    parents = path;
  }
  return lines;
}

function pluginLines(plugin: InspectedPlugin, style: Style): string[] {
  const { id, use, source, isEnabled, isChanged, isolation, effective } = plugin;
  const origin = isChanged && source !== 'admin' ? `${source}, changed while serving` : originNames[source];
  return [
    `  - use: ${scalar(use)}  ${style.dim(`# ${origin}`)}`,
    ...(id === use ? [] : [`    id: ${id}`]),
    ...(isEnabled ? [] : ['    enabled: false']),
    ...(isolation === 'inline' ? [] : [`    isolation: ${isolation}`]),
    ...(plugin.grants === undefined ? [] : [`    grants: ${JSON.stringify(plugin.grants)}`]),
    ...(effective.length === 0 ? [] : ['    config:', ...settingLines(effective, '      ', style)]),
  ];
}

const originNames = { default: 'default', file: 'file', admin: 'added while serving' } as const;

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** A whole configuration as YAML that says of each value where it comes from; secrets are left out. */
export function configLines({ configFile, entries, tree }: Inspection, style: Style): string[] {
  const others = Object.entries(tree).filter(([, value]) => !isEmpty(value));
  return [
    style.dim(`# ${(configFile && near(configFile)) ?? 'no config file: defaults and what was changed while serving'}`),
    ...others.map(([name, value]) => `${name}: ${scalar(value)}  ${style.dim('# file')}`),
    'plugins:',
    ...entries.flatMap((plugin) => pluginLines(plugin, style)),
  ];
}
