import { messages } from '../messages.ts';

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** A count in few characters: 950, 1.2K, 128K. */
export const formatCount = (count: number): string => compact.format(count);

/** A duration in whole seconds, or minutes and seconds. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1_000));
  return seconds < 60 ? messages.seconds(seconds) : messages.minutes(Math.floor(seconds / 60), seconds % 60);
}

/** The name of a model from its id, until the list of models has a better one. */
export const modelName = (id: string | undefined): string => id?.slice(id.indexOf('/') + 1) ?? messages.model;
