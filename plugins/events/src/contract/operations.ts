import { defineContract, sse } from '@parley/contracts';
import * as z from 'zod';

/**
 * Topic of the event that every open tab gets when plugins were started, stopped or replaced: read `/api/ui/manifest`
 * again. A tab whose stream was ended by the change gets none; it reads the manifest when it is connected again.
 */
export const PLUGINS_CHANGED = 'plugins.changed';

/** What changed: a topic (`conversation`, `message`, `run`, or `x.<plugin>.<name>`), the record, and its revision. */
export const UserEvent = z.object({
  topic: z.string().min(1).max(100),
  id: z.string().min(1).max(200),
  /** Revision after the change; absent when the record is gone. */
  rev: z.number().int().optional(),
  /** Record this one belongs to, for example the conversation of a run. */
  parentId: z.string().optional(),
});
export type UserEvent = z.output<typeof UserEvent>;

/** The stream of changes of the signed-in user. */
export const eventsContract = defineContract('events', '1.0.0', {
  stream: sse({
    method: 'GET',
    path: '/api/events',
    access: 'user',
    summary: 'What changed, as it changes.',
    input: z.object({}),
    output: UserEvent,
    eventName: 'topic',
    endless: true,
  }),
});
