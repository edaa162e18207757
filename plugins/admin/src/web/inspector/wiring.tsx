import type { PluginNodeView } from '@parley/contracts';
import { Link } from '@parley/web/router';
import { Fragment, useState } from 'react';
import { StateNode } from '../state/state-node.tsx';
import { stateWords } from '../state/state-words.ts';
import { messages } from './messages.ts';
import styles from './wiring.module.css';
import { levelsOf, type Wire, wiresOf } from './wiring-of.ts';

/** The layers of plugins on the spine; the wires of the chosen one are marked and said in words. */
export function Wiring({ plugins }: { readonly plugins: readonly PluginNodeView[] }) {
  const [chosen, setChosen] = useState<string>();
  const wires = chosen === undefined ? undefined : wiresOf(plugins, chosen);
  const isIn = (list: readonly Wire[] | undefined, id: string) =>
    list?.some(({ pluginId }) => pluginId === id) ?? false;
  const markOf = (id: string): Mark | undefined => {
    if (isIn(wires?.needs, id)) return 'needed';
    return isIn(wires?.usedBy, id) ? 'user' : undefined;
  };
  return (
    <div className={styles['wiring']}>
      <ol role="list" className={styles['levels']}>
        {levelsOf(plugins).map((members) => {
          const level = members[0]?.level ?? 0;
          return (
            <li key={level} className={styles['level']}>
              <span className={styles['stop']} aria-hidden="true" />
              <p className={styles['levelName']}>
                {messages.level(level)} <span>{messages.levelNote(level)}</span>
              </p>
              <ul role="list" aria-label={messages.level(level)} className={styles['members']}>
                {members.map((plugin) => (
                  <li key={plugin.id}>
                    <PluginChip
                      plugin={plugin}
                      isChosen={plugin.id === chosen}
                      isFaded={chosen !== undefined && plugin.id !== chosen && markOf(plugin.id) === undefined}
                      mark={markOf(plugin.id)}
                      onPress={() => setChosen(plugin.id === chosen ? undefined : plugin.id)}
                    />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
      <div role="status" className={styles['said']}>
        {chosen !== undefined && wires ? (
          <>
            <p className={styles['chosen']}>
              {messages.chosenIs(chosen)}{' '}
              <Link to={`/admin/plugins/${encodeURIComponent(chosen)}`}>{messages.open(chosen)}</Link>
            </p>
            <dl>
              <WireLine name={messages.needs} wires={wires.needs} none={messages.nothing} />
              <WireLine name={messages.usedBy} wires={wires.usedBy} none={messages.nobody} />
            </dl>
          </>
        ) : undefined}
      </div>
    </div>
  );
}

type Mark = 'needed' | 'user';

interface PluginChipProps {
  readonly plugin: PluginNodeView;
  readonly isChosen: boolean;
  readonly isFaded: boolean;
  readonly mark: Mark | undefined;
  readonly onPress: () => void;
}

function PluginChip({ plugin, isChosen, isFaded, mark, onPress }: PluginChipProps) {
  const { name, tone } = stateWords(plugin.state);
  const look = isChosen ? 'chosenChip' : (mark ?? (isFaded ? 'faded' : ''));
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      className={`${styles['chip'] ?? ''} ${styles[look] ?? ''}`}
      onClick={onPress}
    >
      <StateNode tone={tone} />
      <span>{plugin.id}</span>
      {tone === 'ok' ? undefined : <span className={styles['state']}>{name}</span>}
      {mark === undefined ? undefined : (
        <span className={styles['mark']}>{mark === 'needed' ? messages.isNeeded : messages.isUser}</span>
      )}
    </button>
  );
}

interface WireLineProps {
  readonly name: string;
  readonly wires: readonly Wire[];
  readonly none: string;
}

const WireLine = ({ name, wires, none }: WireLineProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {wires.length === 0 ? none : undefined}
      {wires.map(({ pluginId, capability, need }, index) => (
        <Fragment key={`${pluginId} ${capability}`}>
          {index === 0 ? undefined : ', '}
          <bdi>
            {pluginId} <code>{capability}</code>
            {need === 'required' ? undefined : ` (${need})`}
          </bdi>
        </Fragment>
      ))}
    </dd>
  </div>
);
