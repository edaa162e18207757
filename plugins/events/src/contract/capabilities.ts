import { defineCapability } from '@parley/contracts';
import * as z from 'zod';
import type { UserEvent } from './operations.ts';

/** Rings the open tabs of one user. An event may be lost; it says only what to read again. */
export interface UserEvents {
  publish(userId: string, event: UserEvent): Promise<void>;
}

/** Rings the open tabs of one user. */
export const userEvents = defineCapability<UserEvents>()({
  id: 'user-events',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
