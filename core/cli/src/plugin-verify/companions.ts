import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyPlugin } from '@parley/kernel';
import { hostAddress } from '../plugin-install/host-offer.ts';

/**
 * The plugins that ship with the host and run without settings, as company for a plugin under test. One that provides
 * the same as the plugin stays away.
 */
export async function loadCompanions(tested: AnyPlugin): Promise<readonly AnyPlugin[]> {
  const { dependencies = {} } = JSON.parse(readFileSync(fileURLToPath(hostAddress()), 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@parley/plugin-'));
  const doors = await Promise.all(names.map((name) => import(`${name}/server`) as Promise<{ default: AnyPlugin }>));
  const own = new Set((tested.provides ?? []).filter(({ arity }) => arity === 'one').map(({ id }) => id));
  return doors
    .map((door) => door.default)
    .filter(({ id }) => id !== tested.id)
    .filter(({ provides = [] }) => !provides.some((capability) => own.has(capability.id)))
    .filter(({ config }) => config === undefined || config.safeParse({}).success);
}
