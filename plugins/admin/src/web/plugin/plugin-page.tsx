import { buttonClass } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ChevronLeftIcon } from '@parley/ui/icon';
import { Tab, TabList, TabPanel, Tabs } from '@parley/ui/tabs';
import { Link, useSearchParams } from '@parley/web/router';
import { AdminPage } from '../admin-page.tsx';
import { LoadState } from '../load-state.tsx';
import { useGraph, usePlugins } from '../queries.ts';
import { Marks } from '../plugins/plugin-row.tsx';
import { StateChip } from '../state/state-chip.tsx';
import { InsideTab } from './inside-tab.tsx';
import { messages } from './messages.ts';
import { OverviewTab } from './overview-tab.tsx';
import type { PartProps } from './part-props.ts';
import { PermissionsTab } from './permissions-tab.tsx';
import { PluginActions } from './plugin-actions.tsx';
import styles from './plugin-page.module.css';
import { SettingsTab } from './settings-tab.tsx';

interface PluginPageProps {
  readonly params: { readonly pluginId?: string };
}

/** Everything about one plugin, and everything that can be done with it. */
export function PluginPage({ params }: PluginPageProps) {
  const { pluginId = '' } = params;
  const plugins = usePlugins();
  const graph = useGraph();
  const plugin = plugins.data?.plugins.find(({ id }) => id === pluginId);
  const node = graph.data?.plugins.find(({ id }) => id === pluginId);
  return (
    <AdminPage
      title={plugin?.title ?? pluginId}
      back={
        <Link to="/admin/plugins" className={styles['back'] ?? ''}>
          <ChevronLeftIcon />
          {messages.toPlugins}
        </Link>
      }
      beside={
        plugin ? (
          <>
            <StateChip state={plugin.state} />
            <Marks plugin={plugin} />
          </>
        ) : undefined
      }
      lead={plugin && plugin.title !== undefined ? <code className={styles['id']}>{plugin.id}</code> : undefined}
      actions={plugin ? <PluginActions plugin={plugin} node={node} /> : undefined}
    >
      <LoadState query={plugins}>
        {() => (plugin ? <Parts key={plugin.id} plugin={plugin} node={node} /> : <Missing />)}
      </LoadState>
    </AdminPage>
  );
}

const Missing = () => (
  <EmptyState
    action={
      <Link to="/admin/plugins" className={buttonClass()}>
        {messages.allPlugins}
      </Link>
    }
  >
    {messages.notFound}
  </EmptyState>
);

const PARTS = ['overview', 'settings', 'permissions', 'inside'] as const;

function Parts({ plugin, node }: PartProps) {
  const [search, setSearch] = useSearchParams();
  const part = PARTS.find((id) => id === search.get('part')) ?? 'overview';
  return (
    <Tabs
      selectedKey={part}
      onSelectionChange={(next) => setSearch(next === 'overview' ? {} : { part: String(next) }, { replace: true })}
    >
      <TabList label={messages.parts}>
        {PARTS.map((id) => (
          <Tab key={id} id={id}>
            {messages[id]}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="overview">
        <OverviewTab plugin={plugin} node={node} />
      </TabPanel>
      <TabPanel id="settings">
        <SettingsTab plugin={plugin} />
      </TabPanel>
      <TabPanel id="permissions">
        <PermissionsTab plugin={plugin} node={node} />
      </TabPanel>
      <TabPanel id="inside">
        <InsideTab plugin={plugin} node={node} />
      </TabPanel>
    </Tabs>
  );
}
