import { SegmentedControl } from '@parley/ui/radio';
import { Select } from '@parley/ui/select';
import { Switch } from '@parley/ui/switch';
import { messages } from './messages.ts';
import styles from './search-page.module.css';
import type { useSearchState } from './search-params.ts';

const ROLES = [
  { id: 'all', label: messages.anybody },
  { id: 'user', label: messages.you },
  { id: 'assistant', label: messages.answers },
] as const;
const SPANS = [
  { id: 'any', label: messages.anyTime },
  { id: 'day', label: messages.day },
  { id: 'week', label: messages.week },
  { id: 'month', label: messages.month },
  { id: 'year', label: messages.year },
] as const;
const ORDERS = [
  { id: 'best', label: messages.best },
  { id: 'newest', label: messages.newest },
] as const;

/** What a search is narrowed to. */
export function SearchFilters({ state, change }: Pick<ReturnType<typeof useSearchState>, 'state' | 'change'>) {
  return (
    <div role="group" aria-label={messages.filters} className={styles.filters}>
      <SegmentedControl
        label={messages.role}
        isLabelHidden
        segments={ROLES}
        value={state.role}
        onChange={(role) => change({ role: role === 'all' ? '' : role })}
      />
      <Select
        label={messages.when}
        isLabelHidden
        options={SPANS}
        value={state.when}
        onChange={(when) => change({ when: when === 'any' ? '' : when })}
        className={styles.span ?? ''}
      />
      <Select
        label={messages.order}
        isLabelHidden
        options={ORDERS}
        value={state.sort}
        onChange={(sort) => change({ sort: sort === 'best' ? '' : sort })}
        className={styles.span ?? ''}
      />
      <Switch isSelected={state.archived} onChange={(isOn) => change({ archived: isOn ? '1' : '' })}>
        {messages.archived}
      </Switch>
      {state.here === undefined ? undefined : (
        <Switch isSelected={state.isOnlyHere} onChange={(isOn) => change({ only: isOn ? '1' : '' })}>
          {messages.onlyHere}
        </Switch>
      )}
    </div>
  );
}
