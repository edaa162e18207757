import { createInstance } from '@module-federation/runtime';
import * as runtimeCore from '@module-federation/runtime/core';
import type { WebPlugin } from '../plugin/define-web-plugin.ts';
import type { WebPluginSource } from '../plugin/web-plugins.ts';
import { withTimeLimit } from './time-limit.ts';

/** A module the shell shares with remotes: one copy for all. */
export interface SharedModule {
  readonly version: string;
  readonly load: () => Promise<unknown>;
}

/** What loading remotes needs. */
export interface FederationOptions {
  /** Name of this shell among containers. */
  readonly name: string;
  /** By import specifier, as remotes ask for it. */
  readonly shared: Readonly<Record<string, SharedModule>>;
  /** The page's CSP nonce. */
  readonly nonce?: string;
  /** Longest wait for one remote, milliseconds; 8 000 without one. */
  readonly timeoutMs?: number;
}

type Shared = NonNullable<Parameters<typeof createInstance>[0]['shared']>;
const LOAD_LIMIT_MS = 8_000;
const DOOR = 'web';

/**
 * Loads the federated remotes of plugins, by module federation's runtime alone: the shell's own build is an ordinary
 * one, and shared modules are given here. A remote that is dead, hangs, or asks for another version rejects; it never
 * touches the others.
 */
export function createFederation({
  name,
  shared,
  nonce,
  timeoutMs = LOAD_LIMIT_MS,
}: FederationOptions): WebPluginSource {
  provideRuntime(name);
  const integrity = new Map<string, string>();
  const federation = createInstance({
    name,
    remotes: [],
    shareStrategy: 'loaded-first',
    shared: Object.fromEntries(Object.entries(shared).map(([key, module]) => [key, share(module)])),
    plugins: [
      {
        name: 'parley-script',
        createScript: ({ url }) => createScript(url, nonce, integrity.get(url)),
      },
    ],
  });
  return {
    async load({ id, remote, entry, integrity: hash }) {
      if (!remote || !entry) throw new Error(`Plugin ${id} is neither built into the shell nor a federated remote`);
      if (hash) integrity.set(entry, hash);
      federation.registerRemotes([{ name: remote, entry, type: 'global' }]);
      const loading = federation.loadRemote<{ default?: WebPlugin }>(`${remote}/${DOOR}`).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`The web side of ${id} could not be loaded from ${entry}: ${reason}`, { cause });
      });
      const module = await withTimeLimit(loading, timeoutMs, `The web side of ${id} did not load in ${timeoutMs} ms`);
      if (!module?.default) throw new Error(`The web side of ${id} has no default export made by defineWebPlugin`);
      return module.default;
    },
  };
}

const share = ({ version, load }: SharedModule): Shared[string] => ({
  version,
  scope: 'default',
  shareConfig: { singleton: true, requiredVersion: `^${version}` },
  get: async () => {
    const module = await load();
    return () => module as never;
  },
});

/** Remotes are built without the federation runtime and take the shell's. */
function provideRuntime(name: string): void {
  const page = globalThis as Record<string, unknown>;
  page['_FEDERATION_RUNTIME_CORE'] ??= runtimeCore;
  page['_FEDERATION_RUNTIME_CORE_FROM'] ??= { name, version: '2.9.2' };
}

function createScript(url: string, nonce?: string, integrity?: string): HTMLScriptElement {
  const script = document.createElement('script');
  script.src = url;
  script.async = true;
  script.crossOrigin = 'anonymous';
  if (nonce) script.nonce = nonce;
  if (integrity) script.integrity = integrity;
  return script;
}
