import { parseArgs } from 'node:util';
import { AppError } from '@parley/contracts';
import { environmentOf, PLACE_OPTIONS } from '../operate/server.ts';
import { formatDuration, formatMany } from '../print/amounts.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';
import { openTransfer } from '../transfer/open-transfer.ts';
import type { MigrateResult } from '../transfer/open-transfer.ts';
import { runTransfer } from '../transfer/run-transfer.ts';

const OPTIONS = {
  ...PLACE_OPTIONS,
  json: { type: 'boolean' },
  from: { type: 'string' },
  to: { type: 'string' },
  url: { type: 'string' },
  file: { type: 'string' },
  switch: { type: 'boolean' },
} as const;

/** What the config file says so that the server uses the new database. */
function configLines({ fromId, choice }: MigrateResult): string[] {
  const { id, settings } = choice;
  const given = Object.entries(settings).map(([name, value]) =>
    name === 'url' ? 'url: ${secret:MONGODB_URI}' : `${name}: ${JSON.stringify(value)}`,
  );
  return [
    'plugins:',
    ...(fromId === id ? [] : [`  - use: ${fromId}`, '    enabled: false']),
    `  - use: ${id}`,
    ...(given.length === 0 ? [] : [`    config: { ${given.join(', ')} }`]),
  ];
}

function switchLines(result: MigrateResult): string[] {
  if (result.isSwitched) {
    return [
      'The server uses it from its next start; `parley plugin history` lists the change.',
      'The old database was not touched and may be kept as long as you like.',
    ];
  }
  return [
    'The old database was not touched, and the server still uses it. To use the new',
    'one, say so in the config file:',
    '',
    ...configLines(result).map((line) => `    ${line}`),
    '',
    'or run the same command again with --switch.',
  ];
}

/** `parley migrate --to <storage>`: all records into another database; the source is only read. @throws CLI_USAGE */
export async function migrate(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { from: source, to, url, file } = values;
  if (to === undefined) {
    const message =
      'Expected `parley migrate --to mongo --url <address>` or `parley migrate --to sqlite --file <file>`';
    throw new AppError({ code: 'CLI_USAGE', status: 400, message });
  }
  const surroundings = { cwd: process.cwd(), env: environmentOf(values) };
  const { migrate: move } = await openTransfer();
  const startedMs = performance.now();
  const result = await runTransfer(
    (run) => move(surroundings, { ...run, from: source, to, url, file, isSwitching: values.switch }),
    'Run the same command again: it goes on where it was.',
  );
  const tookMs = performance.now() - startedMs;
  if (values.json) return printLines([JSON.stringify(withoutSecrets(result, tookMs), undefined, 2)]);
  const { bold } = createStyle();
  const { records, collections, from, wasCutOff } = result;
  printLines([
    ...(wasCutOff ? ['An earlier migration had been cut off; this one went on from there.'] : []),
    `${formatMany(records, 'record')} of ${formatMany(collections, 'collection')} moved from ${from} to`,
    `${bold(result.to)}; counts and hashes of both sides are equal.`,
    ...switchLines(result),
    `migrate: ${records} records, ${formatDuration(tookMs)}`,
  ]);
}

/** The address of a database may hold its password. */
const withoutSecrets = ({ choice, ...rest }: MigrateResult, tookMs: number) => ({
  ...rest,
  toId: choice.id,
  tookMs: Math.round(tookMs),
});
