import { modelErrors } from '@parley/contracts';

const WHY: Readonly<Record<string, string>> = {
  [modelErrors.UNAVAILABLE.code]: 'can not be reached now',
  [modelErrors.TIMEOUT.code]: 'did not answer in time',
  [modelErrors.QUOTA.code]: 'has no quota left',
  [modelErrors.RATE_LIMIT.code]: 'is asked too often now',
  [modelErrors.AUTH.code]: 'does not take the key',
  [modelErrors.NEEDS_KEY.code]: 'needs a key',
  [modelErrors.NOT_FOUND.code]: 'is not offered any more',
};

/** Why another model answers, for people. `code` is that of the failure. */
export const whyAnother = (failed: string, code: string, next: string): string =>
  `${failed} ${WHY[code] ?? 'can not be used now'}; ${next} is asked instead.`;
