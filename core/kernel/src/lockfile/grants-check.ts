import type { PluginManifest } from '../manifest/manifest.ts';
import type { Grants } from '../permissions/grants.ts';

type Asked = Pick<PluginManifest, 'permissions' | 'secrets' | 'hooks' | 'requires' | 'provides' | 'storage'>;

const LISTS = ['network', 'secrets', 'hooks', 'capabilities'] as const;

/** Everything a plugin asks for, as grants that would allow it. */
export function declaredGrants({ permissions, secrets, hooks, requires, provides, storage }: Asked): Required<Grants> {
  return {
    network: permissions.network,
    secrets,
    hooks,
    capabilities: [...new Set([...requires, ...provides].map(({ capability }) => capability))],
    storage: storage.length > 0,
  };
}

/** What a plugin asks for and `grants` do not allow; `undefined` when they cover everything. */
export function missingGrants(manifest: Asked, grants: Grants): Grants | undefined {
  const asked = declaredGrants(manifest);
  const missing: Record<string, unknown> = {};
  for (const kind of LISTS) {
    const lacking = asked[kind].filter((each) => grants[kind]?.includes(each) !== true);
    if (lacking.length > 0) missing[kind] = lacking;
  }
  if (asked.storage && grants.storage !== true) missing['storage'] = true;
  return Object.keys(missing).length === 0 ? undefined : missing;
}

/** Grants as options of `parley plugin grant`: `--network api.example.com --storage`. */
export const grantOptions = (grants: Grants): string =>
  [
    ...LISTS.filter((kind) => (grants[kind] ?? []).length > 0).map((kind) => `--${kind} ${grants[kind]?.join(',')}`),
    ...(grants.storage === true ? ['--storage'] : []),
  ].join(' ');
