import { createInterface } from 'node:readline/promises';
import type { Grants, PluginManifest } from '@parley/kernel';
import { declaredGrants, grantOptions } from '@parley/kernel/lockfile';
import type { PackageManifest } from '@parley/package';
import { installErrors } from './install-errors.ts';

/** Everything a package asks for, as grants that would allow it. */
export const askedGrants = ({ plugin }: PackageManifest): Required<Grants> =>
  declaredGrants(plugin as unknown as PluginManifest);

const WORDS = {
  network: 'calls the hosts',
  secrets: 'reads the secret settings',
  hooks: 'takes part in',
  capabilities: 'uses or provides',
} as const;

/** A host that the operator chooses by a setting. */
const shown = (name: string): string => name.replace(/^config:(.+)$/, 'named by its setting $1');

/** Grants in words, one line for each kind. */
export function permissionLines(grants: Grants): readonly string[] {
  const lists = Object.entries(WORDS).flatMap(([kind, words]) => {
    const names = grants[kind as keyof typeof WORDS] ?? [];
    return names.length === 0 ? [] : [`${words} ${names.map(shown).join(', ')}`];
  });
  return [...lists, ...(grants.storage ? ['keeps records'] : [])];
}

/** How the operator answers without being asked. */
export interface Answers {
  /** Everything that is asked for. */
  readonly isYes: boolean;
  /** A part of it, by the options that `parley plugin grant` takes too. */
  readonly part?: Grants | undefined;
}

/**
 * What of `asked` the operator allows: all with `--yes`, a part with `--network` and the like, otherwise as answered at
 * the terminal.
 * @throws INSTALL_UNCONFIRMED without an answer
 */
export async function confirmGrants(id: string, asked: Required<Grants>, { isYes, part }: Answers): Promise<Grants> {
  if (part !== undefined) return partOf(asked, part);
  if (isYes || permissionLines(asked).length === 0 || (await isConfirmed())) return asked;
  throw installErrors.UNCONFIRMED({ id, options: grantOptions(asked) });
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question('Allow all of this? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

/** Only what is asked for can be granted. */
function partOf(asked: Required<Grants>, part: Grants): Grants {
  const pick = (kind: keyof typeof WORDS) => asked[kind].filter((name) => part[kind]?.includes(name));
  return {
    network: pick('network'),
    secrets: pick('secrets'),
    hooks: pick('hooks'),
    capabilities: pick('capabilities'),
    storage: asked.storage && part.storage === true,
  };
}
