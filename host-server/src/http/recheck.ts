import { isAppError } from '@parley/contracts';

/** While whoever knows is away, nobody was refused: who reads goes on reading until it can be told. */
const isUndecided = (error: unknown): boolean => isAppError(error) && (error.status === 503 || error.status === 504);

/**
 * Looks once more whether somebody may read, and leaves when not: a session that has ended, or an access token that has
 * run out, ends an open stream with its next heartbeat. Never rejects.
 */
export async function recheck(enter: () => Promise<unknown>, leave: () => void): Promise<void> {
  try {
    await enter();
  } catch (error) {
    if (!isUndecided(error)) leave();
  }
}
