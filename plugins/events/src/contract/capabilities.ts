import { defineCapability } from '@parley/contracts';
import * as z from 'zod';
import type { UserEvent } from './operations.ts';

/** Rings open tabs. An event may be lost; it says only what to read again. */
export interface UserEvents {
  /** The tabs of one user. */
  publish(userId: string, event: UserEvent): Promise<void>;
  /** The tabs of everybody. */
  publishToAll(event: UserEvent): Promise<void>;
}

/** Rings open tabs. */
export const userEvents = defineCapability<UserEvents>()({
  id: 'user-events',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
