import type { PluginNodeView, ProvisionView } from '@parley/contracts';
import { Table, type TableColumn } from '@parley/ui/table';
import { Link } from '@parley/web/router';
import { Nothing } from '../facts.tsx';
import { numberText } from '../format.ts';
import styles from './inspector-page.module.css';
import { messages } from './messages.ts';
import { scaleOf, TimingBar } from './timing-bar.tsx';

interface OwnProvision extends ProvisionView {
  readonly pluginId: string;
  /** What the full length of a bar stands for. */
  readonly scaleMs: number;
}

const COLUMNS: readonly TableColumn<OwnProvision>[] = [
  {
    id: 'capability',
    title: messages.columns.capability,
    cell: ({ capability }) => <code className={styles['target']}>{capability}</code>,
  },
  {
    id: 'plugin',
    title: messages.columns.plugin,
    cell: ({ pluginId }) => <Link to={`/admin/plugins/${encodeURIComponent(pluginId)}`}>{pluginId}</Link>,
  },
  { id: 'leases', title: messages.columns.leases, isNumber: true, cell: ({ leases }) => numberText(leases) },
  { id: 'calls', title: messages.columns.calls, isNumber: true, cell: ({ calls }) => numberText(calls) },
  { id: 'errors', title: messages.columns.errors, isNumber: true, cell: ({ errors }) => numberText(errors) },
  {
    id: 'times',
    title: messages.columns.times,
    cell: ({ p50Ms, p95Ms, scaleMs }) => <TimingBar p50Ms={p50Ms} p95Ms={p95Ms} scaleMs={scaleMs} />,
  },
];

/** Everything that plugins provide, with its calls, leases and times. */
export function Capabilities({ plugins }: { readonly plugins: readonly PluginNodeView[] }) {
  const scaleMs = scaleOf(plugins.flatMap(({ provides }) => provides));
  const provisions = plugins
    .flatMap(({ id, provides }) => provides.map((provision): OwnProvision => ({ ...provision, pluginId: id, scaleMs })))
    .toSorted((a, b) => a.capability.localeCompare(b.capability));
  if (provisions.length === 0) return <Nothing>{messages.noCapabilities}</Nothing>;
  return (
    <Table
      label={messages.capabilities}
      rows={provisions}
      rowKey={({ capability, key, pluginId }) => `${capability}/${key}/${pluginId}`}
      columns={COLUMNS}
    />
  );
}
