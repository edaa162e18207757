import type { Usage } from '@parley/contracts';
import { lazy, Suspense, useRef, useState } from 'react';
import { messages } from '../messages.ts';
import { formatCost, formatCount } from './format.ts';
import styles from './usage-button.module.css';

const loadPanel = () => import('./usage-panel.tsx');
const UsagePanel = lazy(async () => ({ default: (await loadPanel()).UsagePanel }));

interface UsageButtonProps {
  readonly usage: Usage;
  readonly modelName: string;
}

/** What an answer took, in a few characters; pressing it tells all of it. */
export function UsageButton({ usage, modelName }: UsageButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const prefetch = () => void loadPanel().catch(() => undefined);
  const cost = formatCost(usage.costUsd);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={styles.usage}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        onClick={() => setOpen(true)}
      >
        {messages.tokens(formatCount(usage.inputTokens + usage.outputTokens))}
        {cost === undefined ? undefined : ` · ${cost}`}
      </button>
      {isOpen ? (
        <Suspense>
          <UsagePanel usage={usage} modelName={modelName} trigger={trigger} onClose={() => setOpen(false)} />
        </Suspense>
      ) : undefined}
    </>
  );
}
