import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/** Runs `work` so that all it logs carries `requestId`. */
export const inRequest = <T>(requestId: string, work: () => T): T => scope.run(requestId, work);

/** The id of the request this code runs for, if any. */
export const currentRequestId = (): string | undefined => scope.getStore();
