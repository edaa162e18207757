import * as z from 'zod';
import { defineHook } from '../define/hook.ts';

/** Something a plugin tried and may not do. */
export const AuditEvent = z.object({
  kind: z.literal('denied'),
  pluginId: z.string(),
  /** Kind of thing it reached for. */
  permission: z.enum(['network', 'secret', 'hook', 'capability', 'storage']),
  /** The thing: a host, a setting, a hook's id. */
  what: z.string(),
  /** In words for an operator, with the line that would allow it. */
  message: z.string(),
  /** Milliseconds since 1970. */
  atMs: z.number(),
});
export type AuditEvent = z.output<typeof AuditEvent>;

/** Told of what plugins tried and may not do; the same at most once a minute. */
export const auditEvent = defineHook({
  id: 'audit.event',
  kind: 'notify',
  summary: 'Told of what plugins tried and may not do; the same at most once a minute.',
  input: AuditEvent,
  onError: 'skip',
  timeoutMs: 5_000,
});
