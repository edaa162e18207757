import { type RefObject, useEffect, useId, useState } from 'react';
import { messages } from '../../messages.ts';
import styles from './model-list.module.css';
import { ModelRow, type RowActions } from './model-row.tsx';
import type { ModelSection } from './model-sections.ts';

/** So many rows are drawn at first, and that many more whenever the end comes near. */
const STEP = 60;
const NEAR_PX = 400;

interface ModelListProps {
  readonly id: string;
  readonly sections: readonly ModelSection[];
  /** Key of the line that the keys are on. */
  readonly activeKey: string | undefined;
  readonly picked: string | undefined;
  readonly favourites: readonly string[];
  readonly actions: RowActions;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** The id of the element that shows a line. */
export const lineId = (listId: string, key: string): string => `${listId}-${key.replaceAll(/[^\w-]/g, '_')}`;

/** The models by section. Of a long list only what may be seen is drawn. */
export function ModelList({ id, sections, activeKey, picked, favourites, actions, scroller }: ModelListProps) {
  const headings = useId();
  const count = sections.reduce((sum, { models }) => sum + models.length, 0);
  const limit = useLimit(sections, activeKey, count, scroller);
  return (
    <div id={id} role="listbox" aria-label={messages.models} className={styles.list}>
      {startOf(sections, limit).map((section, index) => {
        const heading = `${headings}-${index}`;
        return (
          <div key={section.id} role="group" aria-labelledby={heading}>
            <div id={heading} role="presentation" className={styles.title}>
              {section.title}
            </div>
            {section.models.map((model) => {
              const key = `${section.id}:${model.id}`;
              return (
                <ModelRow
                  key={key}
                  id={lineId(id, key)}
                  lineKey={key}
                  model={model}
                  isActive={key === activeKey}
                  isPicked={model.id === picked}
                  isFavourite={favourites.includes(model.id)}
                  actions={actions}
                />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

/** So many models from the start, with the sections they stand in. */
function startOf(sections: readonly ModelSection[], limit: number): readonly ModelSection[] {
  const shown: ModelSection[] = [];
  let left = limit;
  for (const section of sections) {
    if (left <= 0) break;
    shown.push({ ...section, models: section.models.slice(0, left) });
    left -= section.models.length;
  }
  return shown;
}

/** How many rows to draw: more as the reader or the keys come near the last one, few again for other sections. */
function useLimit(
  sections: readonly ModelSection[],
  activeKey: string | undefined,
  count: number,
  scroller: RefObject<HTMLDivElement | null>,
): number {
  const [grown, setGrown] = useState({ sections, limit: STEP });
  const limit = grown.sections === sections ? grown.limit : STEP;
  const active = sections
    .flatMap(({ id, models }) => models.map((model) => `${id}:${model.id}`))
    .indexOf(activeKey ?? '');
  useEffect(() => {
    const element = scroller.current;
    if (!element || limit >= count) return undefined;
    const onScroll = () => {
      if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX)
        setGrown({ sections, limit: limit + STEP });
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, sections, limit, count]);
  return Math.max(limit, active + 10);
}
