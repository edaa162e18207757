import type { BreakerView } from '@parley/contracts';

/** What a breaker stands before: a hook, or one implementation of a capability. */
export const breakerName = ({ hook, capability, key }: Pick<BreakerView, 'hook' | 'capability' | 'key'>): string =>
  hook ?? [capability, key].filter(Boolean).join(' ');
