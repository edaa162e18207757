import type { AvailableModel, ModelAbilities } from '@parley/contracts';
import { messages } from '../../messages.ts';

/** What a model can do, the most telling first. */
const SHOWN = [
  'vision',
  'files',
  'audio',
  'video',
  'tools',
  'reasoning',
  'webSearch',
  'imageOutput',
] as const satisfies readonly (keyof ModelAbilities)[];

/** An ability that the picker tells. */
export type ShownAbility = (typeof SHOWN)[number];

/** The abilities of a model that the picker tells. */
export const abilitiesOf = ({ abilities }: AvailableModel): readonly ShownAbility[] =>
  SHOWN.filter((ability) => abilities[ability]);

const usd = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  maximumFractionDigits: 3,
  trailingZeroDisplay: 'stripIfInteger',
});

/** An amount of money in few characters: $2.50, $10, $0.075. */
export const formatUsd = (amount: number): string => usd.format(amount);

/** What a million tokens cost, in and out, in few characters; nothing where it is not known. */
export function priceOf({ inputUsdPerMillion, outputUsdPerMillion, demo }: AvailableModel): string | undefined {
  if (demo || inputUsdPerMillion === undefined || outputUsdPerMillion === undefined) return undefined;
  if (inputUsdPerMillion === 0 && outputUsdPerMillion === 0) return messages.free;
  return `${formatUsd(inputUsdPerMillion)} / ${formatUsd(outputUsdPerMillion)}`;
}
