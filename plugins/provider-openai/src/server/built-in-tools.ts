import type { ModelEvent } from '@parley/contracts';

/** Tells the person of each built-in tool that was wished for and is not there. */
export const missingTools = (
  wanted: readonly string[] | undefined,
  known: readonly string[],
  provider: string,
): ModelEvent[] =>
  (wanted ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => ({ type: 'notice', level: 'info', text: `${provider} does not offer ${name} by itself.` }));
