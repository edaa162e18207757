import { Id } from '@parley/contracts';
import * as z from 'zod';

/** What a person writes down. Units: characters. */
export const NewSample = z.object({ conversationId: Id, text: z.string().trim().min(1).max(1_000) });
export type NewSample = z.output<typeof NewSample>;

/** An entry as it is kept. Units: times are ISO 8601 UTC. */
export const Sample = NewSample.extend({ id: Id, createdAt: z.iso.datetime(), rev: z.number().int().min(1) });
export type Sample = z.output<typeof Sample>;
