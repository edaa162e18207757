import { Badge, type BadgeProps } from '@parley/ui/badge';
import type { ReactNode } from 'react';
import type { Change, ModelStep, Step, StreamStep, TapStep } from '../contract/index.ts';
import { formatCount, formatMs } from './format.ts';
import { messages } from './messages.ts';
import styles from './xray.module.css';

const TONES: Readonly<Record<TapStep['outcome'], NonNullable<BadgeProps['tone']>>> = {
  ran: 'neutral',
  passed: 'neutral',
  changed: 'accent',
  answered: 'accent',
  allowed: 'ok',
  denied: 'signal',
  failed: 'danger',
};

/** One step: who, where, what, and how long, with what was changed below it. */
export function StepItem({ step, totalMs }: { readonly step: Step; readonly totalMs: number }) {
  if (step.kind === 'tap') return <Tap step={step} totalMs={totalMs} />;
  if (step.kind === 'stream') return <Stream step={step} />;
  return <Model step={step} totalMs={totalMs} />;
}

interface RowProps {
  readonly name: string;
  readonly place: string;
  readonly badge?: ReactNode;
  readonly step: Step;
  /** Without it no bar is drawn: a stream tap works in small pieces all along. */
  readonly totalMs?: number;
  readonly children?: ReactNode;
}

function Row({ name, place, badge, step, totalMs, children }: RowProps) {
  return (
    <li className={styles['step']} data-kind={step.kind}>
      <div className={styles['head']}>
        <span className={styles['name']}>{name}</span>
        {badge}
        <span className={styles['took']}>{formatMs(step.durationMs)}</span>
      </div>
      <div className={styles['place']}>{place}</div>
      {totalMs === undefined ? undefined : <Bar step={step} totalMs={totalMs} />}
      {step.error === undefined ? undefined : <p className={styles['error']}>{step.error}</p>}
      {children}
    </li>
  );
}

/** Where in the whole time the step lies; the words beside it say the same. */
function Bar({ step, totalMs }: { readonly step: Step; readonly totalMs: number }) {
  const percent = (ms: number) => `${totalMs === 0 ? 0 : Math.min(100, (ms / totalMs) * 100)}%`;
  return (
    <div className={styles['track']} aria-hidden="true">
      <div
        className={styles['bar']}
        style={{ insetInlineStart: percent(step.offsetMs), inlineSize: percent(step.durationMs) }}
      />
    </div>
  );
}

const tokensText = ({ tokens }: TapStep): readonly string[] =>
  tokens === 0 ? [] : [messages.tokensChange(formatCount(Math.abs(tokens)), tokens > 0)];

const Tap = ({ step, totalMs }: { readonly step: TapStep; readonly totalMs: number }) => (
  <Row
    name={step.pluginId}
    place={[messages.place(step.hook), ...tokensText(step)].join(' · ')}
    badge={<Badge tone={TONES[step.outcome]}>{messages.outcome(step.outcome)}</Badge>}
    step={step}
    totalMs={totalMs}
  >
    {step.changes.map((change) => (
      <ChangeView key={change.path} change={change} />
    ))}
    {step.isCut ? <p className={styles['note']}>{messages.moreChanges}</p> : undefined}
  </Row>
);

const Stream = ({ step }: { readonly step: StreamStep }) => (
  <Row
    name={step.pluginId}
    place={messages.place(step.hook)}
    badge={
      <Badge tone={step.changedParts > 0 ? 'accent' : 'neutral'}>
        {messages.outcome(step.changedParts > 0 ? 'changed' : 'passed')}
      </Badge>
    }
    step={step}
  >
    <p className={styles['note']}>{messages.stream(formatCount(step.partsIn), formatCount(step.changedParts))}</p>
    {step.samples.length === 0 ? undefined : (
      <ChangeView
        change={{
          path: messages.firstChanges,
          before: step.samples.map(({ before }) => before).join(''),
          after: step.samples.map(({ after }) => after).join(''),
        }}
      />
    )}
  </Row>
);

const Model = ({ step, totalMs }: { readonly step: ModelStep; readonly totalMs: number }) => (
  <Row name={messages.theModel} place={step.model} step={step} totalMs={totalMs}>
    <p className={styles['note']}>
      {messages.modelAsked(step.messages)}
      {step.firstEventMs === undefined ? '' : `; ${messages.firstWord(formatMs(step.firstEventMs))}`}
    </p>
    {step.tools.length === 0 ? undefined : (
      <p className={styles['note']}>{messages.modelTools(step.tools.join(', '))}</p>
    )}
  </Row>
);

function ChangeView({ change: { path, before, after } }: { readonly change: Change }) {
  return (
    <details className={styles['change']}>
      <summary>
        <code>{path}</code>
      </summary>
      <dl className={styles['texts']}>
        {before === undefined ? undefined : (
          <Text name={after === undefined ? messages.removed : messages.before} kind="before">
            {before}
          </Text>
        )}
        {after === undefined ? undefined : (
          <Text name={before === undefined ? messages.added : messages.after} kind="after">
            {after}
          </Text>
        )}
      </dl>
    </details>
  );
}

function Text(props: { readonly name: string; readonly kind: 'before' | 'after'; readonly children: string }) {
  return (
    <div className={styles['text']} data-kind={props.kind}>
      <dt>{props.name}</dt>
      <dd>{props.children === '' ? messages.nothing : props.children}</dd>
    </div>
  );
}
