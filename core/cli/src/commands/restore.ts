import { parseArgs } from 'node:util';
import { AppError } from '@parley/contracts';
import { environmentOf, PLACE_OPTIONS } from '../operate/server.ts';
import { formatDuration, formatMany } from '../print/amounts.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';
import type { Style } from '../print/style.ts';
import { openTransfer } from '../transfer/open-transfer.ts';
import type { RestoreResult } from '../transfer/open-transfer.ts';
import { runTransfer } from '../transfer/run-transfer.ts';

const OPTIONS = {
  ...PLACE_OPTIONS,
  json: { type: 'boolean' },
  to: { type: 'string' },
  url: { type: 'string' },
  file: { type: 'string' },
} as const;

function keyLines({ key, dataDir }: RestoreResult, { yellow, dim }: Style): string[] {
  if (key === 'same') return [dim('The root key fits: sessions and sealed settings hold.')];
  const what = key === 'missing' ? 'The root key was not in the backup.' : 'The root key here is another one.';
  return [
    yellow(`${what} Before the first start, put the secret.key of the old server`),
    yellow(`into ${dataDir}, or set PARLEY_SECRET as it was set there.`),
    'Without it everybody signs in again (passwords hold); saved provider keys, and',
    'secret settings made on the page Plugins or by command, must be given again.',
  ];
}

function configLines({ archive, files, dataDir }: RestoreResult): string[] {
  const { configFile } = archive.header;
  if (configFile === undefined) return [];
  const brought = files.find((path) => path.startsWith('config/'));
  return [
    brought === undefined
      ? `The server ran with ${configFile}, which is not in the backup; bring yours.`
      : `Its config file lies at ${dataDir}/${brought}; put it where you start the server.`,
  ];
}

/** `parley restore <file>`: a backup into an empty installation, of the same or another database. @throws CLI_USAGE */
export async function restore(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file] = positionals;
  if (file === undefined || (values.to === undefined && (values.url ?? values.file) !== undefined)) {
    const message = 'Expected `parley restore <file>`, with --to sqlite|mongo where --file or --url are given';
    throw new AppError({ code: 'CLI_USAGE', status: 400, message });
  }
  const to = values.to === undefined ? undefined : { to: values.to, url: values.url, file: values.file };
  const surroundings = { cwd: process.cwd(), env: environmentOf(values) };
  const { restore: write } = await openTransfer();
  const startedMs = performance.now();
  const result = await runTransfer(
    (run) => write(surroundings, { ...run, file, to }),
    'Where records were written already, run the same command again: it starts over.',
  );
  const tookMs = performance.now() - startedMs;
  if (values.json) return printLines([JSON.stringify({ ...result, tookMs: Math.round(tookMs) }, undefined, 2)]);
  const style = createStyle();
  const { archive, records, files, storage, dataDir, wasCutOff } = result;
  const { createdAt, driver, parley } = archive.header;
  printLines([
    ...(wasCutOff ? ['An earlier restore of this backup had been cut off; this one started over.'] : []),
    `${style.bold(dataDir)} holds the backup of`,
    `${createdAt.slice(0, 19).replace('T', ' ')} UTC, taken from Parley ${parley} on ${driver}`,
    `${formatMany(records, 'record')} in ${storage}, ${formatMany(files.length, 'file')}; counts and hashes compared`,
    ...keyLines(result, style),
    ...configLines(result),
    `restore: ${records} records, ${files.length} files, ${formatDuration(tookMs)}`,
  ]);
}
