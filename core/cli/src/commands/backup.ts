import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentOf, PLACE_OPTIONS } from '../operate/server.ts';
import { formatBytes, formatDuration, formatMany } from '../print/amounts.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';
import { openTransfer } from '../transfer/open-transfer.ts';
import { runTransfer } from '../transfer/run-transfer.ts';

const OPTIONS = {
  ...PLACE_OPTIONS,
  json: { type: 'boolean' },
  'with-key': { type: 'boolean' },
  'with-config': { type: 'boolean' },
} as const;

const WITH_KEY = ['The root key is in it: keep this file as safe as the key itself.'];
const WITHOUT_KEY = [
  'The root key is not in it: keep a copy of secret.key (or of PARLEY_SECRET) in',
  'another place, or add --with-key.',
];

/** `parley backup [file]`: everything of an installation in one file, also while it serves. */
export async function backup(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const surroundings = { cwd: process.cwd(), env: environmentOf(values) };
  const { backup: write } = await openTransfer();
  const startedMs = performance.now();
  const result = await runTransfer(
    (run) =>
      write(surroundings, {
        ...run,
        file: positionals[0],
        withKey: values['with-key'],
        withConfig: values['with-config'],
      }),
    'No backup was written.',
  );
  const tookMs = performance.now() - startedMs;
  if (values.json) return printLines([JSON.stringify({ ...result, tookMs: Math.round(tookMs) }, undefined, 2)]);
  const { bold, dim } = createStyle();
  const { path, bytes, records, collections, files, isServing, driver, hasKey } = result;
  const from = isServing ? 'the running server' : 'the database';
  printLines([
    `${bold(relative(process.cwd(), path) || path)}  ${formatBytes(bytes)}`,
    `${formatMany(records, 'record')} of ${formatMany(collections, 'collection')} and ${formatMany(files, 'file')}, from ${from} (${driver})`,
    ...(hasKey ? WITH_KEY : WITHOUT_KEY).map(dim),
    `backup: ${records} records, ${bytes} bytes, ${formatDuration(tookMs)}`,
  ]);
}
