import type { Message } from '@parley/contracts';
import { ChevronRightIcon } from '@parley/ui/icon';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { messages } from '../messages.ts';
import styles from './sources.module.css';
import { SourceEntry } from './source-entry.tsx';
import type { SourceProps } from './source-entry.tsx';
import { siteOf, useCitations } from './use-citations.ts';

const loadPanel = () => import('./source-panel.tsx');
const SourcePanel = lazy(async () => ({ default: (await loadPanel()).SourcePanel }));

interface SourcesProps {
  readonly message: Message;
  readonly runId: string | undefined;
  /** Place of the first of them. */
  readonly index: number;
}

/** The sources of an answer, numbered: each opens what it says, and all of them open as a list. */
export function Sources({ message, runId, index }: SourcesProps) {
  const { items, first } = useCitations(message, runId, index);
  const [isExpanded, setExpanded] = useState(false);
  const listId = useId();
  return (
    <div className={styles.sources}>
      <button
        type="button"
        className={styles.label}
        aria-expanded={isExpanded}
        aria-controls={listId}
        data-action="sources"
        onClick={() => setExpanded(!isExpanded)}
      >
        {messages.sources(items.length)}
        <ChevronRightIcon className={styles.chevron} />
      </button>
      <ol id={listId} role="list" start={first} className={isExpanded ? styles.list : styles.chips}>
        {items.map((source, at) => (
          <li key={at}>
            {isExpanded ? (
              <SourceEntry source={source} number={first + at} />
            ) : (
              <SourceChip source={source} number={first + at} />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function SourceChip({ source, number }: SourceProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const site = siteOf(source);
  const prefetch = () => void loadPanel().catch(() => undefined);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={styles.chip}
        title={source.title}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        onClick={() => setOpen(true)}
      >
        <VisuallyHidden>{messages.source} </VisuallyHidden>
        <span className={styles.number}>{number}</span>
        <bdi className={styles.site}>{site ?? source.title}</bdi>
        {site === undefined ? undefined : <VisuallyHidden> {source.title}</VisuallyHidden>}
      </button>
      {isOpen ? (
        <Suspense>
          <SourcePanel source={source} number={number} trigger={trigger} onClose={() => setOpen(false)} />
        </Suspense>
      ) : undefined}
    </>
  );
}
