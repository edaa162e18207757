import { ALIAS_PROVIDER, type ModelRoutes } from '@parley/plugin-model-routing/contract';
import { Button } from '@parley/ui/button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { PlusIcon } from '@parley/ui/icon';
import { Skeleton } from '@parley/ui/skeleton';
import { type ReactNode, useId, useState } from 'react';
import { FallbackDialog } from './fallback-dialog.tsx';
import { messages } from './messages.ts';
import { NameDialog } from './name-dialog.tsx';
import { RouteRow } from './route-row.tsx';
import styles from './routes.module.css';
import { useModels, useRoutes } from './use-routes.ts';

/** Which form is open: of what, and of which one; a new one without an id. */
interface Open {
  readonly kind: 'name' | 'fallback';
  readonly id: string | undefined;
}

/** Names for models and fallbacks; each change is saved as a whole over what was read. */
export function RoutesTab() {
  const { routes, problem, isSaving, save, forget } = useRoutes();
  const { names, groups } = useModels();
  const [open, setOpen] = useState<Open>();
  const show = (next: Open | undefined) => {
    forget();
    setOpen(next);
  };
  const saveAndClose = async (change: (before: ModelRoutes) => Omit<ModelRoutes, 'rev'>) => {
    if (await save(change)) setOpen(undefined);
  };
  if (routes.isError && !routes.data) {
    return (
      <ErrorState
        title={messages.loadFailed}
        cause={routes.error.message}
        onRetry={() => void routes.refetch()}
        isRetrying={routes.isFetching}
      />
    );
  }
  if (!routes.data) return <Skeleton shape="row" lines={6} label={messages.loading} />;
  const { items, fallbacks } = routes.data;
  const nameOf = (model: string): string => {
    if (!model.endsWith('/*')) return names.get(model) ?? model;
    const provider = model.slice(0, -2);
    return messages.allOf(groups.find(({ id }) => id === provider)?.title ?? provider);
  };
  return (
    <>
      {problem !== undefined && !open ? <ErrorState title={messages.saveFailed} cause={problem} /> : undefined}
      <Section
        title={messages.names}
        text={messages.namesText}
        add={messages.addName}
        empty={messages.noNames}
        onAdd={() => show({ kind: 'name', id: undefined })}
      >
        {items.map(({ id, title, models, roles }) => (
          <RouteRow
            key={id}
            name={title}
            id={`${ALIAS_PROVIDER}/${id}`}
            chain={models}
            note={roles ? messages.onlyFor(roles) : undefined}
            removeText={messages.removeName}
            onEdit={() => show({ kind: 'name', id })}
            onRemove={async () => {
              await save((before) => ({ ...before, items: before.items.filter((one) => one.id !== id) }));
            }}
          />
        ))}
      </Section>
      <Section
        title={messages.fallbacks}
        text={messages.fallbacksText}
        add={messages.addFallback}
        empty={messages.noFallbacks}
        onAdd={() => show({ kind: 'fallback', id: undefined })}
      >
        {fallbacks.map(({ model, instead }) => (
          <RouteRow
            key={model}
            name={nameOf(model)}
            id={model}
            chain={instead}
            removeText={messages.removeFallback}
            onEdit={() => show({ kind: 'fallback', id: model })}
            onRemove={async () => {
              await save((before) => ({
                ...before,
                fallbacks: before.fallbacks.filter((one) => one.model !== model),
              }));
            }}
          />
        ))}
      </Section>
      {open?.kind === 'name' ? (
        <NameDialog
          alias={items.find(({ id }) => id === open.id)}
          taken={new Set(items.map(({ id }) => id))}
          problem={problem}
          isSaving={isSaving}
          onSave={(alias) =>
            void saveAndClose((before) => ({
              ...before,
              items: put(before.items, alias, ({ id }) => id === open.id),
            }))
          }
          onClose={() => show(undefined)}
        />
      ) : undefined}
      {open?.kind === 'fallback' ? (
        <FallbackDialog
          fallback={fallbacks.find(({ model }) => model === open.id)}
          taken={new Set(fallbacks.map(({ model }) => model))}
          problem={problem}
          isSaving={isSaving}
          onSave={(fallback) =>
            void saveAndClose((before) => ({
              ...before,
              fallbacks: put(before.fallbacks, fallback, ({ model }) => model === open.id),
            }))
          }
          onClose={() => show(undefined)}
        />
      ) : undefined}
    </>
  );
}

/** The list with `item` in the place of the one that it replaces, or at its end. */
function put<Item>(list: readonly Item[], item: Item, isOld: (one: Item) => boolean): Item[] {
  const at = list.findIndex(isOld);
  return at < 0 ? [...list, item] : list.with(at, item);
}

interface SectionProps {
  readonly title: string;
  readonly text: string;
  readonly add: string;
  readonly empty: string;
  readonly onAdd: () => void;
  readonly children: readonly ReactNode[];
}

function Section({ title, text, add, empty, onAdd, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <div className={styles['head']}>
        <div className={styles['what']}>
          <h2 id={id} className={styles['title']}>
            {title}
          </h2>
          <p className={styles['note']}>{text}</p>
        </div>
        <Button icon={<PlusIcon />} onPress={onAdd}>
          {add}
        </Button>
      </div>
      {children.length === 0 ? (
        <EmptyState>{empty}</EmptyState>
      ) : (
        <ul role="list" className={styles['list']}>
          {children}
        </ul>
      )}
    </section>
  );
}
