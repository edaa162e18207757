import type { PluginEntryView } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { PlusIcon, SearchIcon } from '@parley/ui/icon';
import { SegmentedControl } from '@parley/ui/radio';
import { TextField } from '@parley/ui/text-field';
import { useSearchParams } from '@parley/web/router';
import { useState } from 'react';
import { AdminPage } from '../admin-page.tsx';
import { LoadState } from '../load-state.tsx';
import { messages as shared } from '../messages.ts';
import { usePlugins } from '../queries.ts';
import { needsSomebody } from '../state/state-words.ts';
import { AddPlugin } from './add-plugin.tsx';
import { messages } from './messages.ts';
import { filterPlugins, groupPlugins, type Show } from './plugin-groups.ts';
import { PluginRow } from './plugin-row.tsx';
import styles from './plugins-page.module.css';
import { TurnDialog } from './turn-dialog.tsx';

const SHOWN: readonly Show[] = ['all', 'running', 'off', 'trouble'];

/** Every plugin of this Parley by what is to be done about it. */
export function PluginsPage() {
  const plugins = usePlugins();
  const [isAdding, setAdding] = useState(false);
  const [turning, setTurning] = useState<PluginEntryView>();
  return (
    <AdminPage
      title={shared.plugins}
      lead={plugins.data ? <Summary plugins={plugins.data.plugins} /> : undefined}
      actions={
        <Button icon={<PlusIcon />} onPress={() => setAdding(true)}>
          {messages.add}
        </Button>
      }
    >
      <LoadState query={plugins} lines={10}>
        {(data) => <PluginList plugins={data.plugins} onTurn={setTurning} />}
      </LoadState>
      {isAdding ? <AddPlugin onClose={() => setAdding(false)} /> : undefined}
      {turning ? <TurnDialog plugin={turning} onClose={() => setTurning(undefined)} /> : undefined}
    </AdminPage>
  );
}

function Summary({ plugins }: { readonly plugins: readonly PluginEntryView[] }) {
  const running = plugins.filter(({ state }) => state === 'ready' || state === 'degraded').length;
  const troubled = plugins.filter(({ isEnabled, state }) => isEnabled && needsSomebody(state)).length;
  return (
    <>
      {messages.summary(running, plugins.length)}{' '}
      {troubled > 0 ? <strong>{messages.troubled(troubled)}</strong> : undefined}
    </>
  );
}

interface PluginListProps {
  readonly plugins: readonly PluginEntryView[];
  readonly onTurn: (plugin: PluginEntryView) => void;
}

/** The filter stands in the address, so that a list can be shared and comes back with the way back. */
function PluginList({ plugins, onTurn }: PluginListProps) {
  const [search, setSearch] = useSearchParams();
  const query = search.get('q') ?? '';
  const show = SHOWN.find((name) => name === search.get('show')) ?? 'all';
  const set = (next: { readonly q?: string; readonly show?: Show }) => {
    const { q = query, show: shown = show } = next;
    setSearch({ ...(q === '' ? {} : { q }), ...(shown === 'all' ? {} : { show: shown }) }, { replace: true });
  };
  const groups = groupPlugins(filterPlugins(plugins, { show, query }));
  return (
    <>
      <div role="search" className={styles['filter']}>
        <TextField
          label={messages.search}
          isLabelHidden
          type="search"
          placeholder={messages.search}
          icon={<SearchIcon />}
          value={query}
          onChange={(q) => set({ q })}
          className={styles['query'] ?? ''}
        />
        <SegmentedControl
          label={messages.show}
          isLabelHidden
          segments={SHOWN.map((id) => ({ id, label: messages[id] }))}
          value={show}
          onChange={(next) => set({ show: next })}
        />
      </div>
      {groups.length === 0 ? (
        <EmptyState action={<Button onPress={() => set({ q: '', show: 'all' })}>{messages.clear}</Button>}>
          {messages.nothing}
        </EmptyState>
      ) : undefined}
      {groups.map(({ id, plugins: members }) => (
        <section key={id} aria-labelledby={`group-${id}`}>
          <h2 id={`group-${id}`} className={styles['groupTitle']}>
            {messages.groups[id]} <span className={styles['count']}>{members.length}</span>
          </h2>
          <ul role="list" className={styles['list']}>
            {members.map((plugin) => (
              <PluginRow key={plugin.id} plugin={plugin} onTurn={() => onTurn(plugin)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
