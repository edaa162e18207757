import type { AvailableModel } from '@parley/contracts';
import { modelPickerSection } from '@parley/plugin-chat/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { Slot, useContract, useHost } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { useAtom, useAtomValue } from 'jotai';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import { FloatingPanel } from '../../floating/floating-panel.tsx';
import { messages } from '../../messages.ts';
import { favouriteModelsAtom, recentModelsAtom } from '../../state/atoms.ts';
import { useStableActions } from '../../thread/use-stable-actions.ts';
import { ModelDetails } from './model-details.tsx';
import { lineId, ModelList } from './model-list.tsx';
import styles from './model-panel.module.css';
import type { RowActions } from './model-row.tsx';
import { ModelSearch } from './model-search.tsx';
import { linesOf, type ModelLine, toSections } from './model-sections.ts';
import { ProviderNotes } from './provider-notes.tsx';

interface ModelPanelProps {
  readonly label: string;
  readonly trigger: RefObject<HTMLElement | null>;
  readonly placement?: 'top start' | 'bottom start' | 'bottom end';
  /** Id of the model that is in use. */
  readonly value: string | undefined;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const PAGE_LINES = 8;

/** The open list of models: search, favourites, recent ones, each provider's, and what stands in the way of others. */
export function ModelPanel({ label, trigger, placement, value, onPick, onClose }: ModelPanelProps) {
  return (
    <FloatingPanel
      label={label}
      trigger={trigger}
      {...(placement === undefined ? {} : { placement })}
      onClose={onClose}
      className={styles.popover}
    >
      <PanelContent
        value={value}
        onPick={(id) => {
          onPick(id);
          onClose();
        }}
        onClose={onClose}
      />
    </FloatingPanel>
  );
}

type PanelContentProps = Pick<ModelPanelProps, 'value' | 'onPick' | 'onClose'>;

function PanelContent({ value, onPick, onClose }: PanelContentProps) {
  const host = useHost();
  const { queries } = useContract(modelsContract);
  const { data, isFetching, refetch } = useQuery(queries.list.options({}));
  const [favourites, setFavourites] = useAtom(favouriteModelsAtom(host));
  const recent = useAtomValue(recentModelsAtom(host));
  const [query, setQuery] = useState('');
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const models = data?.items;
  // A favourite that is chosen now would push the row from under the pointer: the order is that of the opening.
  const [listed] = useState(favourites);
  const sections = useMemo(
    () => toSections({ models: models ?? [], query, favourites: listed, recent }),
    [models, query, listed, recent],
  );
  const lines = useMemo(() => linesOf(sections), [sections]);
  const active = useActiveLine(lines, value, query);
  const scrollTo = useEffectEvent((key: string) =>
    document.getElementById(lineId(listId, key))?.scrollIntoView({ block: 'nearest' }),
  );
  useEffect(() => {
    if (active.movedTo !== undefined) scrollTo(active.movedTo);
  }, [active.movedTo]);

  const toggleFavourite = ({ id, name }: AvailableModel) => {
    const isThere = favourites.includes(id);
    setFavourites(isThere ? favourites.filter((each) => each !== id) : [...favourites, id]);
    host.announce(isThere ? messages.saidNoFavourite(name) : messages.saidFavourite(name));
  };
  const pick = (model: AvailableModel) => {
    if (model.unavailable === undefined) onPick(model.id);
    else host.announce(model.unavailable, 'assertive');
  };
  const actions = useStableActions<RowActions>({ pick, toggleFavourite, point: active.point });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { model } = active.line ?? {};
    if (event.key === 'Enter' && model) pick(model);
    else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && model) toggleFavourite(model);
    else if (!active.move(event.key)) return;
    event.preventDefault();
  };
  const slotProps = useMemo(
    () => ({ ...(value === undefined ? {} : { value }), query, onSelect: onPick }),
    [value, query, onPick],
  );
  const away = (data?.providers ?? []).filter(
    ({ state, title, demo }) =>
      state !== 'ready' && !demo && title.toLowerCase().includes(lines.length > 0 ? query.trim().toLowerCase() : ''),
  );
  return (
    <div className={styles.panel}>
      <ModelSearch
        listId={lines.length > 0 ? listId : undefined}
        activeId={active.line && lineId(listId, active.line.key)}
        onChange={setQuery}
        onKeyDown={onKeyDown}
      />
      <div ref={scroller} className={styles.scroller}>
        {lines.length > 0 ? (
          <ModelList
            id={listId}
            sections={sections}
            activeKey={active.line?.key}
            picked={value}
            favourites={favourites}
            actions={actions}
            scroller={scroller}
          />
        ) : (
          <p className={styles.nothing} role="status">
            {models?.length === 0 ? messages.noModelHint : messages.noSuchModel(query.trim())}
          </p>
        )}
        <Slot of={modelPickerSection} props={slotProps} />
        <ProviderNotes providers={away} isRetrying={isFetching} onRetry={() => void refetch()} onLeave={onClose} />
      </div>
      {active.line ? (
        <ModelDetails
          model={active.line.model}
          isFavourite={favourites.includes(active.line.model.id)}
          onToggleFavourite={() => active.line && toggleFavourite(active.line.model)}
        />
      ) : undefined}
    </div>
  );
}

/** The line that the keys are on: first the one in use, the best one while something is sought. */
function useActiveLine(lines: readonly ModelLine[], value: string | undefined, query: string) {
  const [at, setAt] = useState<{ readonly key: string; readonly query: string; readonly isMoved: boolean }>();
  const found = at?.query === query ? lines.findIndex(({ key }) => key === at.key) : -1;
  const inUse = query === '' ? lines.findIndex(({ model }) => model.id === value) : -1;
  const index = found >= 0 ? found : Math.max(0, inUse);
  const line = lines[index];
  const last = lines.length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index === last ? 0 : index + 1,
    ArrowUp: index === 0 ? last : index - 1,
    PageDown: Math.min(last, index + PAGE_LINES),
    PageUp: Math.max(0, index - PAGE_LINES),
    Home: 0,
    End: last,
  };
  const isShown = found === -1 || at?.isMoved === true;
  return {
    line,
    /** The key that was reached by a key and not by the pointer, so that it has to be brought into view. */
    movedTo: isShown ? line?.key : undefined,
    point: (key: string) => setAt({ key, query, isMoved: false }),
    /** Whether it was a key that moves. */
    move(key: string): boolean {
      const target = lines[targets[key] ?? -1];
      if (target) setAt({ key: target.key, query, isMoved: true });
      return target !== undefined;
    },
  };
}
