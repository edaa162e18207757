import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { AppError } from '@parley/contracts';
import type { Change, GrantsView } from '@parley/contracts';
import { appliedLines } from '../operate/applied-lines.ts';
import { parseChanges } from '../operate/parse-changes.ts';
import { planLines } from '../operate/plan-lines.ts';
import { dataDirOf, openServer, PLACE_OPTIONS } from '../operate/server.ts';
import type { Server } from '../operate/server.ts';
import { printLines } from '../print/columns.ts';
import { createStyle } from '../print/style.ts';

const OPTIONS = { ...PLACE_OPTIONS, json: { type: 'boolean' }, plan: { type: 'boolean' } } as const;
const LIST = { type: 'string', multiple: true } as const;

interface Values {
  readonly json?: boolean | undefined;
  /** Only says what would be done. */
  readonly plan?: boolean | undefined;
}

const usage = (message: string) => new AppError({ code: 'CLI_USAGE', status: 400, message });

/** Does changes, or says with `--plan` what they would do. */
async function carryOut(server: Server, changes: Change[], name: string, { json, plan }: Values): Promise<void> {
  const style = createStyle();
  if (plan) {
    const made = await server.plan({ changes });
    printLines(json ? [JSON.stringify(made, undefined, 2)] : planLines(made, style));
    if (made.problems.length > 0) process.exitCode = 1;
    return;
  }
  const applied = await server.apply({ changes });
  printLines(json ? [JSON.stringify(applied, undefined, 2)] : appliedLines(name, applied, style));
}

/** `parley plugin enable|disable|restore|isolate <id>` and `parley plugin set <id> name=value ...`. */
export async function pluginChange(verb: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const changes = parseChanges([verb, ...(await Promise.all(positionals.map(withInput)))]);
  await carryOut(await openServer(dataDirOf(values)), [...changes], `plugin ${verb}`, values);
}

/** `name=-` reads the value from standard input, so that a secret stands in no list of processes and no history. */
async function withInput(word: string): Promise<string> {
  if (!/^[^=]+=-$/.test(word)) return word;
  const given = (await text(process.stdin)).replace(/\r?\n$/, '');
  return `${word.slice(0, -1)}${JSON.stringify(given)}`;
}

/** `parley plugin grant <id> [--network ...]`: allows what is named, beside what is allowed; without options, everything. */
export async function pluginGrant(args: readonly string[]): Promise<void> {
  const options = {
    ...OPTIONS,
    network: LIST,
    secrets: LIST,
    hooks: LIST,
    capabilities: LIST,
    storage: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [id] = positionals;
  if (id === undefined) throw usage('`parley plugin grant` needs the id of a plugin');
  const server = await openServer(dataDirOf(values));
  const entry = (await server.plugins({})).plugins.find((each) => each.id === id);
  const asked = entry?.permissions;
  const names = (kind: 'network' | 'secrets' | 'hooks' | 'capabilities'): string[] => {
    const named = (values[kind] ?? []).flatMap((each) => each.split(','));
    return [...new Set([...(entry?.grants?.[kind] ?? []), ...(isWhole ? (asked?.[kind] ?? []) : named)])];
  };
  const isWhole = !['network', 'secrets', 'hooks', 'capabilities', 'storage'].some((kind) => kind in values);
  const keepsRecords = isWhole ? (asked?.storage.length ?? 0) > 0 : values.storage === true;
  const grants: GrantsView = {
    network: names('network'),
    secrets: names('secrets'),
    hooks: names('hooks'),
    capabilities: names('capabilities'),
    storage: entry?.grants?.storage === true || keepsRecords,
  };
  await carryOut(server, [{ do: 'grant', id, grants }], 'plugin grant', values);
}

/** `parley plugin reset <id>`: lifts quarantine and breakers, starts a failed plugin again. */
export async function pluginReset(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: PLACE_OPTIONS });
  const [id] = positionals;
  if (id === undefined) throw usage('`parley plugin reset` needs the id of a plugin');
  const server = await openServer(dataDirOf(values));
  await server.reset({ id });
  const node = (await server.graph({})).plugins.find((plugin) => plugin.id === id);
  printLines([
    `plugin reset: ${id} is ${node?.state ?? 'not running'}${node?.reason === undefined ? '' : `: ${node.reason}`}`,
  ]);
}

/** `parley plugin rollback <version>`: the changes as they were at a version of `parley plugin history`. */
export async function pluginRollback(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const to = Number(positionals[0] ?? Number.NaN);
  if (!Number.isInteger(to))
    throw usage('`parley plugin rollback` needs a version; `parley plugin history` lists them');
  const style = createStyle();
  const server = await openServer(dataDirOf(values));
  if (values.plan) {
    const made = await server.plan({ to });
    return printLines(values.json ? [JSON.stringify(made, undefined, 2)] : planLines(made, style));
  }
  const applied = await server.rollback({ to });
  printLines(values.json ? [JSON.stringify(applied, undefined, 2)] : appliedLines('plugin rollback', applied, style));
}
