import * as z from 'zod';
import { defineHook } from '../define/hook.ts';

/** Something a plugin tried and may not do. */
const DeniedEvent = z.object({
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

/** Something an operator changed that holds for others. */
const ChangedEvent = z.object({
  kind: z.literal('changed'),
  /** The plugin whose records they are. */
  pluginId: z.string(),
  /** Who changed it: a user, by id. */
  principalId: z.string(),
  tenantId: z.string(),
  /** The thing, such as `rule openai/gpt-5`. */
  what: z.string(),
  /** Revision after the change; absent when the thing is gone. */
  rev: z.number().int().optional(),
  /** Milliseconds since 1970. */
  atMs: z.number(),
});

/** What an operator may want to look at later. */
export const AuditEvent = z.discriminatedUnion('kind', [DeniedEvent, ChangedEvent]);
export type AuditEvent = z.output<typeof AuditEvent>;

/** Told of what plugins tried and may not do, the same at most once a minute, and of what operators changed. */
export const auditEvent = defineHook({
  id: 'audit.event',
  kind: 'notify',
  summary: 'Told of what plugins tried and may not do, the same at most once a minute, and of what operators changed.',
  input: AuditEvent,
  onError: 'skip',
  timeoutMs: 5_000,
});
