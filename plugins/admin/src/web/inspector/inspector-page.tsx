import type { DenialView, KernelGraphView } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { CopyButton } from '@parley/ui/copy-button';
import { CircleCheckIcon, DownloadIcon, TriangleAlertIcon } from '@parley/ui/icon';
import { Switch } from '@parley/ui/switch';
import { Table, type TableColumn } from '@parley/ui/table';
import { useState } from 'react';
import { AdminPage } from '../admin-page.tsx';
import { Nothing, Section } from '../facts.tsx';
import { momentText } from '../format.ts';
import { LoadState } from '../load-state.tsx';
import { messages as shared } from '../messages.ts';
import { useDenials, useGraph } from '../queries.ts';
import { Capabilities } from './capabilities.tsx';
import { downloadJson } from './download-json.ts';
import { graphText } from './graph-text.ts';
import { Hooks } from './hooks.tsx';
import styles from './inspector-page.module.css';
import { Lives } from './lives.tsx';
import { messages } from './messages.ts';
import { Wiring } from './wiring.tsx';

/** What runs now: problems, wiring, order, times, lives and denials. */
export function InspectorPage() {
  const [isLive, setLive] = useState(true);
  const graph = useGraph({ isLive });
  return (
    <AdminPage
      title={shared.inspector}
      lead={messages.lead}
      actions={
        <>
          <Switch isSelected={isLive} onChange={setLive} className={styles['live'] ?? ''}>
            {messages.live}
          </Switch>
          {graph.data ? <Exports graph={graph.data} /> : undefined}
        </>
      }
    >
      <LoadState query={graph} lines={10}>
        {(data) => <Sections graph={data} />}
      </LoadState>
    </AdminPage>
  );
}

const Exports = ({ graph }: { readonly graph: KernelGraphView }) => (
  <>
    <CopyButton isLabelled label={messages.copyText} text={() => graphText(graph, new Date())} />
    <Button
      variant="quiet"
      size="small"
      icon={<DownloadIcon />}
      onPress={() => downloadJson('parley-graph.json', graph)}
    >
      {messages.downloadJson}
    </Button>
  </>
);

function Sections({ graph }: { readonly graph: KernelGraphView }) {
  const { kernel, plugins, hooks, problems } = graph;
  const tapped = hooks.filter(({ taps }) => taps.length > 0).length;
  return (
    <div className={styles['sections']}>
      <Section title={messages.problems} note={messages.facts(plugins.length, tapped, kernel)}>
        <Problems problems={problems} />
      </Section>
      <Section title={messages.wiring} note={messages.wiringNote}>
        <Wiring plugins={plugins} />
      </Section>
      <Section title={messages.lives}>
        <Lives plugins={plugins} />
      </Section>
      <Section title={messages.hooks} note={messages.hooksNote}>
        <Hooks hooks={hooks} />
      </Section>
      <Section title={messages.capabilities} note={messages.capabilitiesNote}>
        <Capabilities plugins={plugins} />
      </Section>
      <Section title={messages.denials} note={messages.denialsNote}>
        <Denials />
      </Section>
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) {
    return (
      <p className={styles['fine']}>
        <CircleCheckIcon />
        {messages.noProblems}
      </p>
    );
  }
  return (
    <ul role="list" className={styles['problems']}>
      {problems.map((problem) => (
        <li key={problem}>
          <TriangleAlertIcon />
          <span>{problem}</span>
        </li>
      ))}
    </ul>
  );
}

function Denials() {
  const denials = useDenials();
  return (
    <LoadState query={denials} lines={2}>
      {(data) =>
        data.denials.length === 0 ? <Nothing>{messages.noDenials}</Nothing> : <DenialTable denials={data.denials} />
      }
    </LoadState>
  );
}

const DENIAL_COLUMNS: readonly TableColumn<DenialView>[] = [
  { id: 'plugin', title: messages.columns.plugin, cell: ({ pluginId }) => pluginId },
  {
    id: 'what',
    title: messages.columns.what,
    cell: ({ kind, target }) => (
      <>
        {kind} <code className={styles['target']}>{target}</code>
      </>
    ),
  },
  { id: 'when', title: messages.columns.when, cell: ({ at }) => momentText(at) },
];

const DenialTable = ({ denials }: { readonly denials: readonly DenialView[] }) => (
  <Table
    label={messages.denials}
    rows={denials}
    rowKey={({ at, pluginId, kind, target }) => `${at} ${pluginId} ${kind} ${target}`}
    columns={DENIAL_COLUMNS}
  />
);
