import type { PluginStateName } from '@parley/contracts';

/** How a state looks. `signal` and `danger` ask for somebody. */
export type StateTone = 'ok' | 'busy' | 'signal' | 'danger' | 'quiet';

/** A state as people read it. */
export interface StateWords {
  readonly name: string;
  readonly tone: StateTone;
  /** What it means, one sentence. */
  readonly meaning: string;
}

const WORDS: Readonly<Record<PluginStateName, StateWords>> = {
  ready: { name: 'Ready', tone: 'ok', meaning: 'It runs as it should.' },
  degraded: { name: 'Degraded', tone: 'signal', meaning: 'It runs, but something it offers does not work.' },
  starting: { name: 'Starting', tone: 'busy', meaning: 'It is being set up.' },
  draining: { name: 'Draining', tone: 'busy', meaning: 'It takes nothing new and finishes what it began.' },
  waiting: { name: 'Waiting', tone: 'signal', meaning: 'Something it needs is not there.' },
  discovered: { name: 'Found', tone: 'quiet', meaning: 'It is known and was not looked at yet.' },
  resolved: { name: 'Resolved', tone: 'quiet', meaning: 'Everything it needs is there; it was not started yet.' },
  stopped: { name: 'Off', tone: 'quiet', meaning: 'It is turned off.' },
  invalid: { name: 'Invalid', tone: 'danger', meaning: 'Its definition or its settings do not fit.' },
  failed: { name: 'Failed', tone: 'danger', meaning: 'It could not be started.' },
  quarantined: { name: 'Quarantined', tone: 'danger', meaning: 'It failed too often and was taken out.' },
};

/** Words for a state. */
export const stateWords = (state: PluginStateName): StateWords => WORDS[state];

/** Whether a state asks for somebody. */
export const needsSomebody = (state: PluginStateName): boolean => ['signal', 'danger'].includes(WORDS[state].tone);
