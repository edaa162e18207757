import type { HookNodeView, OperationView, PluginNodeView, TapView } from '@parley/contracts';
import { Table, type TableColumn } from '@parley/ui/table';
import { CodeList, Nothing, Section } from '../facts.tsx';
import { numberText, spanText } from '../format.ts';
import { useGraph } from '../queries.ts';
import { breakerName } from '../state/breaker-name.ts';
import { StateNode } from '../state/state-node.tsx';
import { messages } from './messages.ts';
import type { PartProps } from './part-props.ts';
import styles from './plugin-page.module.css';

/** What a plugin does inside the host: its lives, its breakers, its taps and what it registered. */
export function InsideTab({ node }: PartProps) {
  const graph = useGraph();
  if (!node) return <Nothing>{messages.off}</Nothing>;
  return (
    <div className={styles['stack']}>
      <Section title={messages.generations}>
        <ul role="list" className={styles['lines']}>
          <li>
            <StateNode tone="ok" />
            {messages.current(node.generation, spanText(node.startMs))}
          </li>
          {node.draining.map(({ generation, holds }) => (
            <li key={generation}>
              <StateNode tone="busy" />
              {messages.draining(generation, holds)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={messages.breakers}>
        <Breakers node={node} />
      </Section>
      <Section title={messages.taps}>
        <Taps pluginId={node.id} hooks={graph.data?.hooks ?? []} />
      </Section>
      <Section title={messages.routes}>
        <Operations node={node} />
      </Section>
      <Section title={messages.effects} note={messages.effectsNote}>
        {node.effects.length === 0 ? <Nothing>{messages.nothing}</Nothing> : <CodeList names={node.effects} />}
      </Section>
    </div>
  );
}

function Breakers({ node }: { readonly node: PluginNodeView }) {
  const open = node.breakers.filter(({ state }) => state !== 'closed');
  if (open.length === 0) return <Nothing>{messages.breakersClosed}</Nothing>;
  return (
    <ul role="list" className={styles['lines']}>
      {open
        .map((breaker) => ({ ...breaker, name: breakerName(breaker) }))
        .map(({ name, state, trips, reason }) => (
          <li key={name}>
            <StateNode tone={state === 'open' ? 'danger' : 'busy'} />
            <span>
              {state === 'open' ? messages.breakerOpen(name, trips) : messages.breakerProbing(name)}
              {reason === undefined ? undefined : <span className={styles['muted']}> · {reason}</span>}
            </span>
          </li>
        ))}
    </ul>
  );
}

const OPERATION_COLUMNS: readonly TableColumn<OperationView>[] = [
  { id: 'route', title: 'Address', cell: ({ route }) => <code className={styles['code']}>{route}</code> },
  { id: 'calls', title: 'Calls', isNumber: true, cell: ({ calls }) => numberText(calls) },
  { id: 'errors', title: 'Errors', isNumber: true, cell: ({ errors }) => numberText(errors) },
  { id: 'p50', title: 'p50', isNumber: true, cell: ({ p50Ms }) => spanText(p50Ms) },
  { id: 'p95', title: 'p95', isNumber: true, cell: ({ p95Ms }) => spanText(p95Ms) },
];

function Operations({ node }: { readonly node: PluginNodeView }) {
  if (node.routes.length === 0) return <Nothing>{messages.nothing}</Nothing>;
  if (node.operations.length === 0) return <CodeList names={node.routes} />;
  return (
    <Table
      label={messages.routes}
      rows={node.operations}
      rowKey={({ operation, route }) => `${operation} ${route}`}
      columns={OPERATION_COLUMNS}
    />
  );
}

interface OwnTap extends TapView {
  readonly hook: string;
}

const TAP_COLUMNS: readonly TableColumn<OwnTap>[] = [
  { id: 'hook', title: 'Hook', cell: ({ hook }) => <code className={styles['code']}>{hook}</code> },
  { id: 'reason', title: 'Place', cell: ({ phase, reason }) => (reason === '' ? phase : reason) },
  { id: 'calls', title: 'Calls', isNumber: true, cell: ({ calls }) => numberText(calls) },
  { id: 'errors', title: 'Errors', isNumber: true, cell: ({ errors }) => numberText(errors) },
  { id: 'p50', title: 'p50', isNumber: true, cell: ({ p50Ms }) => spanText(p50Ms) },
  { id: 'p95', title: 'p95', isNumber: true, cell: ({ p95Ms }) => spanText(p95Ms) },
];

function Taps({ pluginId, hooks }: { readonly pluginId: string; readonly hooks: readonly HookNodeView[] }) {
  const taps = hooks.flatMap(({ id, taps: all }): OwnTap[] =>
    all.filter((tap) => tap.pluginId === pluginId).map((tap) => ({ ...tap, hook: id })),
  );
  if (taps.length === 0) return <Nothing>{messages.nothing}</Nothing>;
  return <Table label={messages.taps} rows={taps} rowKey={({ hook }) => hook} columns={TAP_COLUMNS} />;
}
