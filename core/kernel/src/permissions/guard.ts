import type { AppError } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import type { PluginManifest } from '../manifest/manifest.ts';
import { allowedHosts } from './allowed-hosts.ts';
import type { Denial, Denials } from './denials.ts';
import type { Grants } from './grants.ts';
import { guardSettings, isSecretPath } from './guard-settings.ts';

/** What a plugin's egress client is bound by. */
export interface NetworkAccess {
  /** Hosts at public addresses, and origins such as `http://127.0.0.1:8080`, which only an operator's setting gives. */
  readonly allowed: readonly string[];
  /** Notes a call that is not allowed and gives the error for it; `because` where the host is, but not this address. */
  refuse(url: Pick<URL, 'host' | 'origin'>, because?: AppError): AppError;
}

/** What one plugin may use: what it declares and the operator grants. Each refusal is noted. */
export interface Guard {
  /** @throws KERNEL_UNDECLARED, KERNEL_NOT_GRANTED */
  hook(id: string, declaration: string): void;
  /** @throws KERNEL_UNDECLARED when `isDeclared` is false, KERNEL_NOT_GRANTED */
  capability(id: string, use: { readonly what: string; readonly line: string; readonly isDeclared: boolean }): void;
  /** Whether a capability that it declares is granted. */
  hasCapability(id: string): boolean;
  /** @throws KERNEL_NOT_GRANTED */
  storage(what: string): void;
  /** Whether it may keep records. */
  readonly hasStorage: boolean;
  /** Notes the use of something that is not declared and gives the error for it. */
  undeclared(permission: Denial['permission'], what: string, line: string): AppError;
  settings(settings: unknown): unknown;
  network(settings: unknown): NetworkAccess;
}

const KINDS = { network: 'network', secret: 'secrets', hook: 'hooks', capability: 'capabilities' } as const;

/** The guard of one plugin; without `grants` all that is declared is granted. */
export function createGuard(manifest: PluginManifest, grants: Grants | undefined, denials: Denials): Guard {
  const { id: plugin, permissions } = manifest;

  const note = (permission: Denial['permission'], what: string, error: AppError): AppError => {
    denials.note({ pluginId: plugin, permission, what, message: error.message });
    return error;
  };
  const undeclared: Guard['undeclared'] = (permission, what, line) =>
    note(permission, what, kernelErrors.UNDECLARED({ plugin, what, line }));
  const notGranted = (permission: Denial['permission'], what: string, name?: string) => {
    const line = permission === 'storage' ? 'storage: true' : `${KINDS[permission]}: ['${name}']`;
    return note(permission, what, kernelErrors.NOT_GRANTED({ plugin, what, line: `grants: { ${line} }` }));
  };
  const isGranted = (kind: (typeof KINDS)[keyof typeof KINDS], name: string): boolean =>
    grants === undefined || grants[kind]?.includes(name) === true;
  const hasStorage = grants === undefined || grants.storage === true;

  return {
    undeclared,
    hasStorage,
    hook(hook, declaration) {
      if (!manifest.hooks.includes(hook)) throw undeclared('hook', `ctx.on(${hook})`, `hooks: [${declaration}]`);
      if (!isGranted('hooks', hook)) throw notGranted('hook', `ctx.on(${hook})`, hook);
    },
    capability(capability, { what, line, isDeclared }) {
      if (!isDeclared) throw undeclared('capability', what, line);
      if (!isGranted('capabilities', capability)) throw notGranted('capability', what, capability);
    },
    hasCapability: (capability) => isGranted('capabilities', capability),
    storage(what) {
      if (!hasStorage) throw notGranted('storage', what);
    },
    settings: (settings) =>
      grants === undefined
        ? settings
        : guardSettings(settings, grants.secrets ?? [], (path) => {
            const declared = manifest.secrets.find((pattern) => isSecretPath(pattern, path));
            return notGranted('secret', `the setting ${path}`, declared ?? path);
          }),
    network(settings) {
      const hostsOf = (entries: readonly string[]) => allowedHosts(entries, settings);
      const granted = permissions.network.filter((entry) => isGranted('network', entry));
      return {
        allowed: hostsOf(granted),
        refuse({ host, origin }, because) {
          if (because !== undefined) return note('network', host, because);
          const entry = permissions.network.find((each) =>
            hostsOf([each]).some((one) => one === host || one === origin),
          );
          if (entry !== undefined) return notGranted('network', host, entry);
          return undeclared('network', host, `permissions: { network: ['${host}'] }`);
        },
      };
    },
  };
}

/**
 * What the operator allows a plugin. Shape: `undefined` is all that it declares, which holds without grants for
 * first-party plugins, and for others when the host says so.
 */
export function effectiveGrants(
  use: { readonly firstParty?: boolean; readonly grants?: Grants },
  grantDeclared: boolean,
): Grants | undefined {
  if (use.grants !== undefined) return use.grants;
  return use.firstParty === true || grantDeclared ? undefined : {};
}
