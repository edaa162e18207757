import { isAppError } from '@parley/contracts';
import { atom, useAtomValue } from 'jotai';

/** Whether the server can save; reading may work where it can not. */
export type Saving = 'works' | 'fails';

/** Follows what requests and, after a failure, the server itself say. */
export const savingAtom = atom<Saving>('works');

/** Whether the server can save, followed. */
export const useSaving = (): Saving => useAtomValue(savingAtom);

const FAILURES = ['STORAGE_FULL', 'STORAGE_UNAVAILABLE'];
const ASK_EVERY_MS = 3_000;
const READY = '/health/ready';
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What the watch over saving works with. */
export interface SavingWatchDeps {
  readonly set: (saving: Saving) => void;
  readonly fetch?: typeof fetch | undefined;
  /** Lets time pass; for tests. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Takes the errors of requests: one that says that nothing could be saved begins to ask the server until it can. */
export function createSavingWatch({ set, fetch = globalThis.fetch, wait = pause }: SavingWatchDeps) {
  let isAsking = false;

  const canSave = async (): Promise<boolean> => {
    try {
      const readiness = (await (await fetch(READY)).json()) as { readonly canSave?: unknown };
      return readiness.canSave === true;
    } catch {
      return false;
    }
  };
  const askUntilItCan = async (): Promise<void> => {
    isAsking = true;
    set('fails');
    do await wait(ASK_EVERY_MS);
    while (!(await canSave()));
    isAsking = false;
    set('works');
  };

  return (error: unknown): void => {
    if (!isAsking && FAILURES.some((code) => isAppError(error, code))) void askUntilItCan();
  };
}
