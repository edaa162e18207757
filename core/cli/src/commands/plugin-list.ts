import { parseArgs } from 'node:util';
import type { PluginEntryView } from '@parley/contracts';
import { stateText } from '../operate/graph-lines.ts';
import { dataDirOf, openServer, PLACE_OPTIONS } from '../operate/server.ts';
import { columns, printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';
import type { Style } from '../print/style.ts';

const OPTIONS = { ...PLACE_OPTIONS, json: { type: 'boolean' } } as const;

/** Marks of an entry: what is not as the defaults have it. */
const marksOf = ({ isFirstParty, isChanged, isolation, report }: PluginEntryView): string =>
  [
    ...(isFirstParty ? [] : ['third-party']),
    ...(isChanged ? ['changed here'] : []),
    ...(isolation === 'process' ? ['own process'] : []),
    ...(report === undefined ? [] : [`verified: ${report.verdict}`]),
  ].join(', ');

function listLines(plugins: readonly PluginEntryView[], style: Style): string[] {
  const rows = plugins.map((plugin) => [
    plugin.id,
    plugin.version ?? '',
    plugin.isEnabled ? stateText(plugin.state, style) : style.dim('disabled'),
    plugin.source,
    marksOf(plugin),
  ]);
  const lines = columns([['PLUGIN', 'VERSION', 'STATE', 'FROM', ''].map(style.dim), ...rows]);
  return lines.flatMap((line, index) => {
    const reason = plugins[index - 1]?.reason;
    return reason === undefined ? [line] : [line, style.red(`    ${reason}`)];
  });
}

/** `parley plugin list [--json]`: every entry of the composition, running or not. */
export async function pluginList(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const server = await openServer(dataDirOf(values));
  const listed = await server.plugins({});
  if (values.json) return printLines([JSON.stringify(listed, undefined, 2)]);
  const { plugins, version } = listed;
  const enabled = plugins.filter(({ isEnabled }) => isEnabled).length;
  printLines([
    ...listLines(plugins, createStyle()),
    `plugins: ${plugins.length} in version ${version}, ${enabled} enabled, ${plugins.length - enabled} disabled`,
  ]);
}

/** `parley plugin history [--json]`: the versions that `parley plugin rollback` goes back to. */
export async function pluginHistory(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const server = await openServer(dataDirOf(values));
  const { versions } = await server.history({});
  if (values.json) return printLines([JSON.stringify(versions, undefined, 2)]);
  const style = createStyle();
  const rows = versions.map(({ version, at, by, via, summary, isCurrent }) => [
    `${isCurrent ? '*' : ' '} ${version}`,
    at.slice(0, 19).replace('T', ' '),
    `${by} (${via})`,
    summary,
  ]);
  printLines([
    ...columns([['  VERSION', 'AT (UTC)', 'BY', 'WHAT'].map(style.dim), ...rows]),
    `history: ${versions.length} versions, ${versions.find(({ isCurrent }) => isCurrent)?.version} runs`,
  ]);
}
