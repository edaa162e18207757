import { isAppError } from '@parley/contracts';
import { CopyButton } from '@parley/ui/copy-button';
import { EmptyState } from '@parley/ui/empty-state';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import type { Xray } from '../contract/index.ts';
import { xrayContract } from '../contract/index.ts';
import { formatCost, formatCount, formatMs } from './format.ts';
import { messages } from './messages.ts';
import { StepItem } from './step-item.tsx';
import styles from './xray.module.css';

/** The facts of an answer, then what happened to it, step by step. */
export default function XrayView({ messageId }: { readonly messageId: string }) {
  const { queries } = useContract(xrayContract);
  const xray = useQuery({ ...queries.get.options({ messageId }), retry: false });
  if (xray.isPending) return <Skeleton lines={6} />;
  if (xray.isError) {
    if (isAppError(xray.error, 'XRAY_NOT_FOUND')) return <EmptyState>{messages.notKept}</EmptyState>;
    return (
      <ErrorState
        title={messages.loadFailed}
        cause={xray.error.message}
        onRetry={() => void xray.refetch()}
        isRetrying={xray.isFetching}
      />
    );
  }
  return <Steps xray={xray.data} />;
}

/** When the last step ended, counted from the first. */
const totalMs = ({ steps }: Xray): number =>
  Math.max(0, ...steps.map((step) => (step.kind === 'stream' ? 0 : step.offsetMs + step.durationMs)));

function Steps({ xray }: { readonly xray: Xray }) {
  const { model, usage, steps, isCut } = xray;
  const plugins = new Set(steps.flatMap((step) => ('pluginId' in step ? [step.pluginId] : [])));
  const total = totalMs(xray);
  return (
    <div className={styles['xray']}>
      <dl className={styles['facts']}>
        <Fact name={messages.model}>{model}</Fact>
        <Fact name={messages.time}>{formatMs(total)}</Fact>
        <Fact name={messages.plugins}>{formatCount(plugins.size)}</Fact>
        <Fact name={messages.tokens}>
          {usage
            ? messages.tokensValue(formatCount(usage.inputTokens), formatCount(usage.outputTokens))
            : messages.unknown}
        </Fact>
        <Fact name={messages.cost}>{usage?.costUsd === undefined ? messages.unknown : formatCost(usage.costUsd)}</Fact>
      </dl>
      {plugins.size === 0 ? <p className={styles['note']}>{messages.nobody}</p> : undefined}
      <ol className={styles['steps']} aria-label={messages.steps}>
        {steps.map((step, index) => (
          <StepItem key={index} step={step} totalMs={total} />
        ))}
      </ol>
      {isCut ? <p className={styles['note']}>{messages.cut}</p> : undefined}
      <div className={styles['tools']}>
        <CopyButton text={() => JSON.stringify(xray, undefined, 2)} label={messages.copy} />
      </div>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
