import type { Access, Principal } from '@parley/contracts';
import { hostErrors } from '../host-errors.ts';

/**
 * Lets a principal pass that an operation's `access` allows.
 * @throws HOST_UNAUTHENTICATED, HOST_FORBIDDEN
 */
export function authorize(access: Access, principal: Principal): void {
  if (access === 'public') return;
  if (principal.kind === 'anonymous') throw hostErrors.UNAUTHENTICATED();
  if (access === 'user') return;
  if (!principal.can(access.permission)) throw hostErrors.FORBIDDEN({ permission: access.permission });
}
