import type { PluginStateName } from '@parley/contracts';
import { Badge, type BadgeProps } from '@parley/ui/badge';
import { type StateTone, stateWords } from './state-words.ts';

const BADGES: Readonly<Record<StateTone, NonNullable<BadgeProps['tone']>>> = {
  ok: 'ok',
  busy: 'think',
  signal: 'signal',
  danger: 'danger',
  quiet: 'neutral',
};

/** The word for a state. */
export function StateChip({ state }: { readonly state: PluginStateName }) {
  const { name, tone } = stateWords(state);
  return <Badge tone={BADGES[tone]}>{name}</Badge>;
}
