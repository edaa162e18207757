import * as z from 'zod';
import { Id } from './ids.ts';
import { createPrincipal } from './principal.ts';

/** A person who can sign in. */
export const User = z.object({
  id: Id,
  tenantId: z.string(),
  email: z.email().max(254),
  name: z.string().min(1).max(100),
  /** `admin` holds every permission; other names are declared by plugins. */
  roles: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export type User = z.output<typeof User>;

/** Whether a user holds a declared permission, as a page needs to know; the server decides for itself. */
export const holdsPermission = ({ roles }: Pick<User, 'roles'>, permission: string): boolean =>
  createPrincipal({ kind: 'user', id: '', roles }).can(permission);

/** One signed-in device. Units: times are ISO 8601 UTC. */
export const Session = z.object({
  id: Id,
  /** Browser and system as far as the request told. */
  device: z.string(),
  ip: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** Whether it is the session of the request that asked. */
  current: z.boolean(),
});
export type Session = z.output<typeof Session>;
