import type { NeedView, PluginNodeView, ProvisionView, ReportView } from '@parley/contracts';
import { CircleCheckIcon, TriangleAlertIcon } from '@parley/ui/icon';
import { Link } from '@parley/web/router';
import { Skeleton } from '@parley/ui/skeleton';
import { Fragment } from 'react';
import { type Fact, Facts, Nothing, Section } from '../facts.tsx';
import { dayText, memoryText, momentText } from '../format.ts';
import { messages as shared } from '../messages.ts';
import { stateWords } from '../state/state-words.ts';
import { messages } from './messages.ts';
import type { PartProps } from './part-props.ts';
import styles from './plugin-page.module.css';

/** What a plugin is, how it does, and what it is wired to. */
export function OverviewTab({ plugin, node }: PartProps) {
  const { state, reason, version, use, source, report, isFirstParty, isCritical } = plugin;
  // One that is off is not in the graph.
  const isKnown = node !== undefined || !plugin.isEnabled;
  const facts: readonly Fact[] = [
    [
      messages.state,
      <>
        {stateWords(state).meaning} {reason}
      </>,
    ],
    [messages.quarantine, node?.quarantine && `${momentText(node.quarantine.atMs)}: ${node.quarantine.reason}`],
    [
      messages.lastError,
      node?.lastError && (
        <>
          <code>{node.lastError.message}</code>{' '}
          <span className={styles['muted']}>{momentText(node.lastError.atMs)}</span>
        </>
      ),
    ],
    [messages.version, version],
    [messages.loadedFrom, <code key="use">{use}</code>],
    [messages.source, `${shared.sources[source]}${isCritical ? `. ${messages.critical}` : ''}`],
    [messages.runs, runsText({ plugin, node })],
    [messages.health, healthText(node?.health ?? {})],
    [messages.page, pageText(node?.page)],
    [
      messages.verification,
      report ? <Report report={report} /> : isFirstParty ? messages.firstParty : messages.notVerified,
    ],
  ];
  return (
    <div className={styles['stack']}>
      <Facts facts={facts} />
      <div className={styles['wiring']}>
        <Section title={messages.needs}>
          {isKnown ? <Needs needs={node?.requires ?? []} /> : <Skeleton lines={2} />}
        </Section>
        <Section title={messages.provides}>
          {isKnown ? <Provisions provisions={node?.provides ?? []} /> : <Skeleton lines={2} />}
        </Section>
      </div>
    </div>
  );
}

function runsText({ plugin, node }: PartProps): string {
  const place = plugin.isolation === 'process' ? messages.runsProcess : messages.runsInline;
  if (!node?.process) return place;
  const { pid, rssBytes, restarts } = node.process;
  return `${place}: ${messages.process(pid, memoryText(rssBytes), restarts)}`;
}

const pageText = (page: PluginNodeView['page']): string | undefined =>
  page && page.errors > 0
    ? [messages.pageErrors(page.errors, page.stops), page.lastError?.message].filter(Boolean).join(': ')
    : undefined;

const healthText = (health: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(health)
    .map(([name, state]) => `${name}: ${state}`)
    .join(', ') || undefined;

function Report({ report }: { readonly report: ReportView }) {
  const { verdict, passed, failed, skipped, at, keyId, isSigned } = report;
  const isGood = verdict === 'passed';
  return (
    <span className={isGood ? styles['good'] : styles['bad']}>
      {isGood ? <CircleCheckIcon /> : <TriangleAlertIcon />}
      <span>
        {isGood ? messages.verified(passed, dayText(at)) : messages.failedChecks(failed, dayText(at))}
        {skipped > 0 ? `, ${messages.skipped(skipped)}` : ''}.{' '}
        <span className={styles['muted']}>{isSigned ? messages.signed(keyId) : messages.unsigned}</span>
      </span>
    </span>
  );
}

function Needs({ needs }: { readonly needs: readonly NeedView[] }) {
  if (needs.length === 0) return <Nothing>{messages.needsNothing}</Nothing>;
  return (
    <ul role="list" className={styles['wires']}>
      {needs.map(({ capability, need, providers }) => (
        <li key={capability}>
          <code>{capability}</code>
          <span className={styles['muted']}>
            {messages.needKinds[need]} · {messages.from} {providers.length === 0 ? shared.nobody : undefined}
            {providers.map((id, index) => (
              <Fragment key={id}>
                {index === 0 ? undefined : ', '}
                <PluginLink id={id} />
              </Fragment>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Provisions({ provisions }: { readonly provisions: readonly ProvisionView[] }) {
  if (provisions.length === 0) return <Nothing>{messages.providesNothing}</Nothing>;
  return (
    <ul role="list" className={styles['wires']}>
      {provisions.map(({ capability, key, leases }) => (
        <li key={`${capability}/${key}`}>
          <code>{capability}</code>
          <span className={styles['muted']}>
            {messages.as(key)} · {messages.leases(leases)}
          </span>
        </li>
      ))}
    </ul>
  );
}

const PluginLink = ({ id }: { readonly id: string }) => (
  <Link to={`/admin/plugins/${encodeURIComponent(id)}`}>{id}</Link>
);
