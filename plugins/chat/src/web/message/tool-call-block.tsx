import type { ToolCallPart } from '@parley/contracts';
import { ChevronRightIcon } from '@parley/ui/icon';
import { useId, useState } from 'react';
import { messages } from '../messages.ts';
import styles from './tool-call-block.module.css';

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));

/** One use of a tool: its name and state; input and result when opened. */
export function ToolCallBlock({ part }: { readonly part: ToolCallPart }) {
  const [isExpanded, setExpanded] = useState(false);
  const bodyId = useId();
  return (
    <div className={styles.card}>
      <button
        type="button"
        className={styles.header}
        aria-expanded={isExpanded}
        aria-controls={isExpanded ? bodyId : undefined}
        onClick={() => setExpanded(!isExpanded)}
      >
        <span className={styles.name} dir="ltr">
          {part.name}
        </span>
        <span className={styles.state}>{messages.toolStates[part.status]}</span>
        <ChevronRightIcon className={styles.chevron} />
      </button>
      {isExpanded ? (
        <dl id={bodyId} className={styles.details}>
          <dt>{messages.toolInput}</dt>
          <dd dir="ltr">{show(part.input)}</dd>
          {part.output === undefined && part.error === undefined ? undefined : (
            <>
              <dt>{messages.toolOutput}</dt>
              <dd dir="ltr">{part.error ?? show(part.output)}</dd>
            </>
          )}
        </dl>
      ) : undefined}
    </div>
  );
}
