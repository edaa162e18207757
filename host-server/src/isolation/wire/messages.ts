import * as z from 'zod';

const Id = z.number().int().min(0);

/** Everything one process may say to the other. Ids of calls count on the side that calls. */
export const WireMessage = z.discriminatedUnion('t', [
  /** Call method `m` of what the receiver holds under `r`; the empty method is the function itself. */
  z.object({ t: z.literal('call'), id: Id, r: Id, m: z.string().max(200), a: z.array(z.unknown()) }),
  /** The same without an answer. */
  z.object({ t: z.literal('tell'), r: Id, m: z.string().max(200), a: z.array(z.unknown()) }),
  /** Read what the receiver holds under `r` piece by piece. */
  z.object({ t: z.literal('read'), id: Id, r: Id }),
  /** The answer to a call: a value, a stream that follows, or an error. */
  z.object({ t: z.literal('value'), id: Id, v: z.unknown() }),
  z.object({ t: z.literal('open'), id: Id }),
  z.object({ t: z.literal('error'), id: Id, e: z.unknown() }),
  /** One piece of a stream, and its end. */
  z.object({ t: z.literal('item'), id: Id, v: z.unknown() }),
  z.object({ t: z.literal('end'), id: Id }),
  /** The reader takes more, or leaves. */
  z.object({ t: z.literal('allow'), id: Id, n: z.number().int().min(1).max(1_000) }),
  z.object({ t: z.literal('stop'), id: Id }),
  /** A signal that the sender lent has aborted. */
  z.object({ t: z.literal('abort'), id: Id, e: z.unknown() }),
  /** The sender no longer knows these, received so many times. */
  z.object({ t: z.literal('forget'), refs: z.array(z.tuple([Id, z.number().int().min(1)])) }),
]);
export type WireMessage = z.output<typeof WireMessage>;
