import type { Download } from '@parley/contracts';
import { playSound } from './play-sound.ts';

/** What is read now. */
export interface PlayerState {
  /** Id of the message; nothing is read without one. */
  readonly id?: string;
  /** Asked for, and not heard yet. */
  readonly isLoading: boolean;
}

/** One reader for the page: a second text ends the first. */
export interface Player {
  readonly state: () => PlayerState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads to the end. @throws what failed; a reading that was stopped just ends */
  readonly play: (id: string, open: (signal: AbortSignal) => Promise<Download>) => Promise<void>;
  readonly stop: () => void;
}

const SILENT: PlayerState = { isLoading: false };

/** @param play plays a sound to its end; through the browser's own player without it */
export function createPlayer(play: typeof playSound = playSound): Player {
  const listeners = new Set<() => void>();
  let state = SILENT;
  let running: AbortController | undefined;
  const set = (next: PlayerState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const stop = (): void => {
    running?.abort();
    running = undefined;
    if (state !== SILENT) set(SILENT);
  };
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
    async play(id, open) {
      stop();
      const own = new AbortController();
      const { signal } = own;
      running = own;
      set({ id, isLoading: true });
      try {
        const onPlaying = () => !signal.aborted && set({ id, isLoading: false });
        await play(await open(signal), { signal, onPlaying });
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        if (running === own) stop();
      }
    },
  };
}

/** The reader of this page. */
export const player = createPlayer();
