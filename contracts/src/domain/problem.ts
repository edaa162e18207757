import * as z from 'zod';

/**
 * An error on the wire, `application/problem+json`.
 * @see RFC 9457
 */
export const Problem = z.object({
  type: z.string().default('about:blank'),
  /** HTTP status as text for people, for example `Not Found`. */
  title: z.string(),
  status: z.number().int().min(400).max(599),
  /** What was expected, what came, what to do. */
  detail: z.string(),
  /** Stable code, for example `NOTES_NOT_FOUND`. */
  code: z.string(),
  /** Id of the request, to find it in the server's log. */
  requestId: z.string().optional(),
  /** Facts beside the message, for example the known model ids. */
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.output<typeof Problem>;
