/** Who is asking. */
export interface Principal {
  readonly kind: 'anonymous' | 'user' | 'api-key' | 'system';
  /** The user's id; of a system principal, the plugin's. */
  readonly id: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  /** Session the call came through, where there is one. */
  readonly sessionId?: string;
  /** Aborts when that session ends on this node: the moment to end what is open for it. */
  readonly ended?: AbortSignal;
  /** Whether this principal holds a permission; role `admin` and system principals hold all. */
  can(permission: string): boolean;
}

/** A part of the server itself: reaches every owner's records of its tenant. */
export interface SystemPrincipal extends Principal {
  readonly kind: 'system';
}

/** The tenant of an installation that has only one. */
export const DEFAULT_TENANT = 'default';

/** A principal from its facts. Shape: `permissions` are those its roles grant beside `admin`. */
export function createPrincipal<const K extends Principal['kind']>(facts: {
  readonly kind: K;
  readonly id: string;
  readonly tenantId?: string;
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  readonly sessionId?: string;
  readonly ended?: AbortSignal;
}): Principal & { readonly kind: K } {
  const { kind, id, tenantId = DEFAULT_TENANT, roles = [], permissions = [], sessionId, ended } = facts;
  const holdsAll = kind === 'system' || roles.includes('admin');
  return {
    kind,
    id,
    tenantId,
    roles,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(ended === undefined ? {} : { ended }),
    can: (permission) => holdsAll || permissions.includes(permission),
  };
}

/** Nobody in particular: the principal of a request without credentials. */
export const anonymous: Principal = createPrincipal({ kind: 'anonymous', id: 'anonymous' });
