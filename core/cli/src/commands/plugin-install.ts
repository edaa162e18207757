import { parseArgs } from 'node:util';
import type { InstallDeps } from '../plugin-install/add-plugin.ts';
import { hostOffer } from '../plugin-install/host-offer.ts';
import { openPlaces } from '../plugin-install/places.ts';
import { readSettings } from '../plugin-install/read-settings.ts';

const list = { type: 'string', multiple: true } as const;

const OPTIONS = {
  yes: { type: 'boolean', short: 'y' },
  network: list,
  secrets: list,
  hooks: list,
  capabilities: list,
  storage: { type: 'boolean' },
  set: list,
  data: { type: 'string' },
  config: { type: 'string' },
} as const;

/** `parley plugin add|update <folder|.tgz|package>` and `parley plugin remove <id>`. */
export async function pluginInstall(command: 'add' | 'update' | 'remove', args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [what] = positionals;
  if (what === undefined) throw new Error(`parley plugin ${command} needs ${WHAT[command]}`);
  const { addPlugin, removePlugin, updatePlugin } = await import('../plugin-install/add-plugin.ts');
  const run = { add: addPlugin, update: updatePlugin, remove: removePlugin }[command];
  const deps = await openDeps(values);
  process.stdout.write(`${await run(what, deps)}\n`);
}

const WHAT = {
  add: 'a folder, a .tgz or the name of a package in node_modules',
  update: 'a folder, a .tgz or the name of a package in node_modules',
  remove: 'the id of an installed plugin',
} as const;

type Values = Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean | readonly (string | boolean)[]>>>;

async function openDeps(values: Values): Promise<InstallDeps> {
  const names = (name: 'network' | 'secrets' | 'hooks' | 'capabilities' | 'set') =>
    ((values[name] ?? []) as readonly string[]).flatMap((each) => (name === 'set' ? [each] : each.split(',')));
  const hasPart = ['network', 'secrets', 'hooks', 'capabilities', 'storage'].some((name) => name in values);
  const part = {
    network: names('network'),
    secrets: names('secrets'),
    hooks: names('hooks'),
    capabilities: names('capabilities'),
    storage: values['storage'] === true,
  };
  const { dataDir, lockfile, applyChanges } = await openPlaces({
    ...(typeof values['data'] === 'string' ? { data: values['data'] } : {}),
    ...(typeof values['config'] === 'string' ? { config: values['config'] } : {}),
  });
  return {
    installation: { dataDir, lockfile, offer: hostOffer() },
    cwd: process.cwd(),
    answers: { isYes: values['yes'] === true, ...(hasPart ? { part } : {}) },
    settings: readSettings(names('set')),
    applyChanges,
    print: (line) => process.stdout.write(`${line}\n`),
  };
}
