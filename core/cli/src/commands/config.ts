import { parseArgs } from 'node:util';
import { AppError } from '@parley/contracts';
import { diffConfig } from '../config/diff-config.ts';
import { openConfig } from '../config/open-config.ts';
import { configLines } from '../config/print-config.ts';
import { writeSchema } from '../config/write-schema.ts';
import { dataDirOf, openServer, PLACE_OPTIONS } from '../operate/server.ts';
import type { PlaceValues } from '../operate/server.ts';
import { columns, printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';

const OPTIONS = { ...PLACE_OPTIONS, json: { type: 'boolean' }, write: { type: 'boolean' } } as const;

interface Values extends PlaceValues {
  readonly json?: boolean | undefined;
  readonly write?: boolean | undefined;
}

/** Everything wrong with the configuration; needs no server. Exit code 1 with problems. */
async function check(values: Values): Promise<void> {
  const { configFile, problems, entries } = await (await openConfig(values)).inspect();
  const style = createStyle();
  if (problems.length > 0) process.exitCode = 1;
  if (values.json) return printLines([JSON.stringify({ configFile, problems }, undefined, 2)]);
  const enabled = entries.filter(({ isEnabled }) => isEnabled).length;
  printLines([
    ...problems.map((problem) => style.red(problem)),
    `config check: ${configFile ?? 'no config file'}, ${enabled} plugins, ${problems.length} problems`,
  ]);
}

/** What a server started here would run, each value with where it comes from. */
async function print(values: Values): Promise<void> {
  const inspection = await (await openConfig(values)).inspect();
  if (values.json) {
    const { tree, entries } = inspection;
    const plugins = entries.map(({ id, use, isEnabled, isolation, effective }) => ({
      id,
      use,
      isEnabled,
      isolation,
      settings: effective,
    }));
    return printLines([JSON.stringify({ ...tree, plugins }, undefined, 2)]);
  }
  printLines(configLines(inspection, createStyle()));
}

/** The file against what runs. Exit code 1 when they differ. */
async function diff(values: Values): Promise<void> {
  const server = await openServer(dataDirOf(values));
  const { plugins } = await server.plugins({});
  const { unchanged, problems } = await (await openConfig(values)).inspect();
  const differences = diffConfig(unchanged, plugins);
  const style = createStyle();
  if (differences.length > 0) process.exitCode = 1;
  if (values.json) return printLines([JSON.stringify({ differences, problems }, undefined, 2)]);
  const rows = differences.map(({ place, file, runs }) => [place, style.red(file), style.green(runs)]);
  printLines([
    ...(rows.length === 0 ? [] : columns([['SETTING', 'FILE', 'RUNS'].map(style.dim), ...rows])),
    ...problems.map((problem) => style.red(`problem: ${problem}`)),
    `config diff: ${differences.length} differences`,
  ]);
}

/** The JSON Schema of the whole config file; `--write` puts it where editors look. */
async function schema(values: Values): Promise<void> {
  if (values.write) return printLines([`config schema: ${await writeSchema(process.cwd(), values)}`]);
  printLines([JSON.stringify(await (await openConfig(values)).schema(), undefined, 2)]);
}

const ACTIONS: Readonly<Record<string, (values: Values) => Promise<void>>> = { check, print, diff, schema };

/** `parley config check|print|diff|schema`. @throws CLI_USAGE */
export async function config([action = '', ...args]: readonly string[]): Promise<void> {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run) return run(parseArgs({ args: [...args], options: OPTIONS }).values);
  const message = `Expected \`parley config <action>\`, with one of ${Object.keys(ACTIONS).join(', ')}`;
  throw new AppError({ code: 'CLI_USAGE', status: 400, message });
}
