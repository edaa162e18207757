import { routePath } from '@parley/contracts';
import type { AnyOperation, Contract } from '@parley/contracts';
import { kernelErrors } from '../kernel-errors.ts';
import { suggestion } from '../nearest-name.ts';

/** What decides whether a contract may be served. */
export interface RouteCheck {
  readonly pluginId: string;
  /** The plugin's own id: the contract's id of a plugin that is not first-party. */
  readonly ownId: string;
  readonly firstParty: boolean;
  readonly contract: Contract;
  readonly handlers: Readonly<Record<string, unknown>>;
  /** Permissions that plugins declare. */
  readonly permissions: readonly string[];
}

const isPermission = (access: unknown): access is { readonly permission: string } =>
  typeof access === 'object' && access !== null && 'permission' in access && typeof access.permission === 'string';

function refusal(check: RouteCheck, name: string, operation: AnyOperation): string | undefined {
  const { access } = operation as { readonly access?: unknown };
  if (access !== 'public' && access !== 'user' && !isPermission(access)) {
    return "it declares no access; add access: 'public', 'user' or { permission }";
  }
  if (isPermission(access) && !check.permissions.includes(access.permission)) {
    const { permission } = access;
    return `no plugin declares the permission ${permission}; ${suggestion(permission, check.permissions)}`;
  }
  if (typeof check.handlers[name] !== 'function') return 'it has no handler';
  if (!operation.path.startsWith('/')) return `its path ${operation.path} does not start with a slash`;
  if (operation.path.startsWith('/api/') && !check.firstParty) {
    return `only first-party plugins may serve ${operation.path}; use a path that does not start with /api/`;
  }
  return undefined;
}

/** Checks a contract before it is served. @throws KERNEL_ROUTE_REFUSED */
export function checkRoutes(check: RouteCheck): void {
  const { contract, pluginId: plugin, firstParty, ownId } = check;
  if (!firstParty && contract.id !== ownId) {
    const reason = `a contract has the id of its plugin; change ${contract.id} to ${ownId}`;
    throw kernelErrors.ROUTE_REFUSED({ plugin, operation: contract.id, reason });
  }
  for (const [name, operation] of Object.entries(contract.operations)) {
    const reason = refusal(check, name, operation);
    if (reason !== undefined) throw kernelErrors.ROUTE_REFUSED({ plugin, operation: `${contract.id}.${name}`, reason });
  }
}

/** The routes of a contract: `GET /api/x/notes/notes`. */
export const routesOf = (contract: Contract): readonly string[] =>
  Object.values(contract.operations).map((operation) => `${operation.method} ${routePath(contract, operation)}`);
