import type { Usage } from '@parley/contracts';
import type { RefObject } from 'react';
import { FloatingPanel } from '../floating/floating-panel.tsx';
import { messages } from '../messages.ts';
import { formatCost } from './format.ts';
import styles from './usage-panel.module.css';

interface UsagePanelProps {
  readonly usage: Usage;
  readonly modelName: string;
  readonly trigger: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

const number = new Intl.NumberFormat();

/** Everything that is known of what an answer took. */
export function UsagePanel({ usage, modelName, trigger, onClose }: UsagePanelProps) {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, costUsd } = usage;
  const rows: readonly Row[] = [
    { name: messages.tokensIn, count: inputTokens },
    { name: messages.ofCache, count: cachedInputTokens, isPart: true },
    { name: messages.intoCache, count: cacheWriteTokens, isPart: true },
    { name: messages.tokensOut, count: outputTokens },
    { name: messages.ofReasoning, count: reasoningTokens, isPart: true },
  ];
  return (
    <FloatingPanel label={messages.usageTitle} trigger={trigger} placement="bottom start" onClose={onClose}>
      <dl className={styles.rows}>
        <div className={styles.row}>
          <dt>{messages.model}</dt>
          <dd>
            <bdi>{modelName}</bdi>
          </dd>
        </div>
        {rows.map(({ name, count, isPart }) =>
          count === undefined ? undefined : (
            <div key={name} className={`${styles.row} ${isPart ? styles.part : ''}`}>
              <dt>{name}</dt>
              <dd>{number.format(count)}</dd>
            </div>
          ),
        )}
        <div className={styles.row}>
          <dt>{messages.cost}</dt>
          <dd>{costUsd === 0 ? messages.free : (formatCost(costUsd) ?? messages.costUnknown)}</dd>
        </div>
      </dl>
    </FloatingPanel>
  );
}

interface Row {
  readonly name: string;
  readonly count: number | undefined;
  /** Counted in the row above already. */
  readonly isPart?: boolean;
}
