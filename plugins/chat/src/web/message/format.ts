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

const usd = (digits: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...digits });
const cents = usd({ maximumFractionDigits: 2 });
const fractions = usd({ maximumSignificantDigits: 2 });

/** What an answer cost: $1.24, $0.042, $0.00031; nothing where that is nothing or not known. */
export function formatCost(costUsd: number | undefined): string | undefined {
  if (costUsd === undefined || costUsd === 0) return undefined;
  return costUsd >= 0.1 ? cents.format(costUsd) : fractions.format(costUsd);
}
