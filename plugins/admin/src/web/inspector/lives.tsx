import type { PluginNodeView } from '@parley/contracts';
import type { ReactNode } from 'react';
import { Nothing } from '../facts.tsx';
import { breakerName } from '../state/breaker-name.ts';
import { StateNode } from '../state/state-node.tsx';
import type { StateTone } from '../state/state-words.ts';
import { messages } from './messages.ts';
import styles from './lives.module.css';

/** Generations that drain, breakers that are not closed, and who is quarantined. */
export function Lives({ plugins }: { readonly plugins: readonly PluginNodeView[] }) {
  const lines = plugins.flatMap(linesOf);
  if (lines.length === 0) return <Nothing>{messages.noLives}</Nothing>;
  return (
    <ul role="list" className={styles['lives']}>
      {lines.map(({ key, tone, text }) => (
        <li key={key}>
          <StateNode tone={tone} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

interface Life {
  readonly key: string;
  readonly tone: StateTone;
  readonly text: ReactNode;
}

const linesOf = ({ id, draining, breakers, quarantine }: PluginNodeView): readonly Life[] => [
  ...(quarantine
    ? [{ key: `${id} quarantine`, tone: 'danger' as const, text: `${messages.quarantined(id)}: ${quarantine.reason}` }]
    : []),
  ...breakers
    .filter(({ state }) => state !== 'closed')
    .map((breaker) => ({ ...breaker, name: breakerName(breaker) }))
    .map(({ name, state, trips, reason }) => ({
      key: `${id} ${name}`,
      tone: state === 'open' ? ('danger' as const) : ('busy' as const),
      text: `${state === 'open' ? messages.breaker(id, name, trips) : messages.probing(id, name)}${reason === undefined ? '' : ` · ${reason}`}`,
    })),
  ...draining.map(({ generation, holds }) => ({
    key: `${id} ${generation}`,
    tone: 'busy' as const,
    text: messages.draining(id, generation, holds),
  })),
];
