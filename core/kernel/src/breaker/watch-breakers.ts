import type { Logger } from '../plugin-context.ts';
import type { BookOwner, BreakerChange } from './failure-books.ts';

/** What happens when a breaker changes its state. */
export interface BreakerWatch<O extends BookOwner> {
  readonly log: (pluginId: string) => Logger;
  /** The plugin's health may be another now. */
  readonly settle: (owner: O) => void;
  /** The plugin fails again and again; `reason` is for an operator. */
  readonly quarantine: (owner: O, reason: string) => void;
}

/** Tells of each change once: to the log, to the plugin's health, and, when a breaker is worn out, to the quarantine. */
export const watchBreakers =
  <O extends BookOwner>({ log, settle, quarantine }: BreakerWatch<O>) =>
  ({ owner, breaker, before }: BreakerChange<O>): void => {
    const { name, reason, state, trips } = breaker;
    const logger = log(owner.pluginId);
    if (state === 'open' && before === 'closed') logger.warn(`Calls stop for now: ${reason}`, { breaker: name, trips });
    else if (state === 'closed') logger.info(`Calls go on: ${name} works again`, { breaker: name });
    else logger.debug(`The breaker of ${name} is ${state}`, { breaker: name });
    settle(owner);
    if (state === 'open' && breaker.isWornOut) quarantine(owner, `it keeps failing: ${reason}, ${trips} times`);
  };
