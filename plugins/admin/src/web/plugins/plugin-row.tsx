import type { PluginEntryView } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { Link } from '@parley/web/router';
import { messages as shared } from '../messages.ts';
import { StateChip } from '../state/state-chip.tsx';
import { StateNode } from '../state/state-node.tsx';
import { stateWords } from '../state/state-words.ts';
import { messages } from './messages.ts';
import styles from './plugins-page.module.css';

interface PluginRowProps {
  readonly plugin: PluginEntryView;
  readonly onTurn: () => void;
}

/** One plugin: a node of the spine, its name and state, and the switch. The whole row leads to its page. */
export function PluginRow({ plugin, onTurn }: PluginRowProps) {
  const { id, title, version, state, reason, isEnabled, isCritical, source } = plugin;
  const name = title ?? id;
  const { tone } = stateWords(state);
  return (
    <li className={styles['row']}>
      <StateNode tone={tone} />
      <div className={styles['text']}>
        <div className={styles['line']}>
          <Link to={`/admin/plugins/${encodeURIComponent(id)}`} className={styles['name'] ?? ''}>
            {name}
          </Link>
          {state === 'ready' || !isEnabled ? undefined : <StateChip state={state} />}
          <Marks plugin={plugin} />
        </div>
        <p className={styles['facts']}>
          {title === undefined ? undefined : <code>{id}</code>}
          {version === undefined ? undefined : <span>{version}</span>}
          <span>{shared.sources[source]}</span>
        </p>
        {reason === undefined || !isEnabled ? undefined : <p className={styles['reason']}>{reason}</p>}
      </div>
      {isCritical && isEnabled ? (
        <span className={styles['required']}>{messages.required}</span>
      ) : (
        <Button
          size="small"
          variant="quiet"
          aria-label={isEnabled ? messages.turnOffNamed(name) : messages.turnOnNamed(name)}
          className={styles['turn'] ?? ''}
          onPress={onTurn}
        >
          {isEnabled ? messages.turnOff : messages.turnOn}
        </Button>
      )}
    </li>
  );
}

/** What is special about a plugin, a word each. */
export function Marks({ plugin }: { readonly plugin: PluginEntryView }) {
  const { isFirstParty, isolation, isChanged, report } = plugin;
  return (
    <>
      {isFirstParty ? undefined : <Badge>{messages.thirdParty}</Badge>}
      {isolation === 'process' ? <Badge>{messages.process}</Badge> : undefined}
      {isChanged ? <Badge tone="accent">{messages.changed}</Badge> : undefined}
      {report === undefined ? undefined : (
        <Badge tone={report.verdict === 'passed' ? 'ok' : 'danger'}>
          {report.verdict === 'passed' ? messages.verified : messages.verifyFailed}
        </Badge>
      )}
    </>
  );
}
