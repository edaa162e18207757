import type { ProviderStatus } from '@parley/contracts';
import { SearchIcon } from '@parley/ui/icon';
import { SegmentedControl } from '@parley/ui/radio';
import { Select } from '@parley/ui/select';
import { TextField } from '@parley/ui/text-field';
import { messages } from './messages.ts';
import styles from './models.module.css';
import { ABILITIES, SHOWS, type useModelFilter } from './use-model-filter.ts';

const ANY = 'any';

interface ModelFiltersProps extends Pick<ReturnType<typeof useModelFilter>, 'filter' | 'set'> {
  readonly providers: readonly ProviderStatus[];
}

/** What narrows the table down. */
export const ModelFilters = ({ filter, set, providers }: ModelFiltersProps) => (
  <div role="search" className={styles['filters']}>
    <TextField
      label={messages.search}
      isLabelHidden
      type="search"
      placeholder={messages.search}
      icon={<SearchIcon />}
      value={filter.query}
      onChange={(query) => set({ query })}
      className={styles['query'] ?? ''}
    />
    <Select
      label={messages.provider}
      isLabelHidden
      options={[
        { id: ANY, label: messages.allProviders },
        ...providers.map(({ key, title }) => ({ id: key, label: title })),
      ]}
      value={filter.provider ?? ANY}
      onChange={(id) => set({ provider: id === ANY ? undefined : id })}
    />
    <Select
      label={messages.ability}
      isLabelHidden
      options={[
        { id: ANY, label: messages.anyAbility },
        ...ABILITIES.map((id) => ({ id, label: messages.abilities[id] })),
      ]}
      value={filter.ability ?? ANY}
      onChange={(id) => set({ ability: ABILITIES.find((name) => name === id) })}
    />
    <SegmentedControl
      label={messages.show}
      isLabelHidden
      segments={SHOWS.map((id) => ({ id, label: messages.shows[id] }))}
      value={filter.show}
      onChange={(show) => set({ show })}
    />
  </div>
);
