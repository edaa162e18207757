import type { ManagedModel } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Table } from '@parley/ui/table';
import { useHost } from '@parley/web';
import { Link } from '@parley/web/router';
import { useState } from 'react';
import type { Managed } from '../managed.ts';
import { useModelChanges } from '../queries.ts';
import { filterModels, isShown } from './filter-models.ts';
import { BulkBar } from './bulk-bar.tsx';
import { messages } from './messages.ts';
import { modelColumns } from './model-columns.tsx';
import { ModelFilters } from './model-filters.tsx';
import styles from './models.module.css';
import { RuleDialog } from './rule-dialog.tsx';
import { useModelFilter } from './use-model-filter.ts';

const PAGE = 50;
const NOBODY: ReadonlySet<string> = new Set();

/** Every model: found, shown and hidden, one by one or many at once, and what is known of each. */
export function ModelsTable({ managed }: { readonly managed: Managed }) {
  const { items, providers, settings } = managed;
  const { filter, set, clear } = useModelFilter();
  const [most, setMost] = useState(PAGE);
  const [picked, setPicked] = useState(NOBODY);
  const [editing, setEditing] = useState<string>();
  const { setEnabled } = useModelChanges();
  const { announce } = useHost();
  const { newModels } = settings;
  const found = filterModels(items, filter, newModels);
  const edited = items.find(({ model }) => model.id === editing);
  const pick = (id: string, isPicked: boolean) =>
    setPicked((before) => (isPicked ? new Set([...before, id]) : new Set([...before].filter((other) => other !== id))));

  if (items.length === 0) {
    return <EmptyState action={<Link to="/admin/models">{messages.toProviders}</Link>}>{messages.none}</EmptyState>;
  }
  const show = (item: ManagedModel, enabled: boolean) => {
    const { id, name } = item.model;
    const said = enabled ? messages.shownNow(name) : messages.hiddenNow(name);
    setEnabled.mutate({ models: [id], enabled }, { onSuccess: () => announce(said) });
  };
  // What is being changed looks changed until the server has answered.
  const shownOf = (item: ManagedModel): boolean => {
    const wish = setEnabled.isPending ? setEnabled.variables : undefined;
    return wish?.models.includes(item.model.id) ? wish.enabled : isShown(item, newModels);
  };
  const columns = modelColumns({
    defaultModel: settings.defaultModel,
    isPicked: (id) => picked.has(id),
    onPick: pick,
    isShown: shownOf,
    onShow: show,
    onEdit: setEditing,
  });
  return (
    <>
      <ModelFilters filter={filter} set={set} providers={providers} />
      <BulkBar
        ids={found.map(({ model }) => model.id)}
        picked={picked}
        all={items.length}
        onPick={setPicked}
        isPending={setEnabled.isPending}
        onShow={(models, enabled) =>
          setEnabled.mutate(
            { models, enabled },
            {
              onSuccess: () => {
                announce(messages.changedMany(models.length, enabled));
                setPicked(NOBODY);
              },
            },
          )
        }
      />
      {setEnabled.isError ? <ErrorState title={messages.changeFailed} cause={setEnabled.error.message} /> : undefined}
      {found.length === 0 ? (
        <EmptyState action={<Button onPress={clear}>{messages.clear}</Button>}>{messages.nothing}</EmptyState>
      ) : (
        <Table
          label={messages.table}
          columns={columns}
          rows={found.slice(0, most)}
          rowKey={({ model }) => model.id}
          className={styles['table'] ?? ''}
        />
      )}
      {found.length > most ? (
        <Button className={styles['more'] ?? ''} onPress={() => setMost(most + PAGE)}>
          {messages.more(Math.min(PAGE, found.length - most))}
        </Button>
      ) : undefined}
      {edited ? <RuleDialog key={edited.model.id} item={edited} onClose={() => setEditing(undefined)} /> : undefined}
    </>
  );
}
