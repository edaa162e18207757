import type { SlotProps } from '@parley/contracts';
import type { adminPage } from '@parley/plugin-admin/contract';
import { modelsTab } from '@parley/plugin-models/contract';
import { Skeleton } from '@parley/ui/skeleton';
import { Tab, TabList, TabPanel, Tabs } from '@parley/ui/tabs';
import { Slot, useContributions } from '@parley/web';
import { useSearchParams } from '@parley/web/router';
import { LoadState } from './load-state.tsx';
import { messages } from './messages.ts';
import { ModelsTable } from './models/models-table.tsx';
import styles from './page.module.css';
import { ProviderList } from './providers/provider-list.tsx';
import { useManaged } from './queries.ts';
import { SettingsForm } from './settings/settings-form.tsx';

const FIRST = 'providers';

/** Providers, their models, names for them, and what holds for all; the part that is open stands in the address. */
export function ModelsPage({ propose }: SlotProps<typeof adminPage>) {
  const managed = useManaged();
  const added = useContributions(modelsTab);
  const [search, setSearch] = useSearchParams();
  const part = search.get('part') ?? FIRST;
  const tabs = [
    { id: FIRST, title: messages.providers },
    { id: 'models', title: messages.models },
    ...added.map(({ id, title = id }) => ({ id, title })),
    { id: 'settings', title: messages.settings },
  ];
  return (
    <Tabs
      selectedKey={tabs.some(({ id }) => id === part) ? part : FIRST}
      onSelectionChange={(next) => setSearch(next === FIRST ? {} : { part: String(next) }, { replace: true })}
    >
      <TabList label={messages.parts}>
        {tabs.map(({ id, title }) => (
          <Tab key={id} id={id}>
            {title}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={FIRST} className={styles['panel'] ?? ''}>
        <LoadState query={managed}>{(data) => <ProviderList managed={data} propose={propose} />}</LoadState>
      </TabPanel>
      <TabPanel id="models" className={styles['panel'] ?? ''}>
        <LoadState query={managed}>{(data) => <ModelsTable managed={data} />}</LoadState>
      </TabPanel>
      {added.map(({ pluginId, id }) => (
        <TabPanel key={`${pluginId}/${id}`} id={id} className={styles['panel'] ?? ''}>
          <Slot
            of={modelsTab}
            props={{}}
            select={(tab) => tab.pluginId === pluginId && tab.id === id}
            loading={<Skeleton shape="row" lines={6} label={messages.loading} />}
          />
        </TabPanel>
      ))}
      <TabPanel id="settings" className={styles['panel'] ?? ''}>
        <LoadState query={managed}>{(data) => <SettingsForm managed={data} />}</LoadState>
      </TabPanel>
    </Tabs>
  );
}
