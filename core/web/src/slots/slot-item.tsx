import type { ManifestContribution } from '@parley/contracts';
import { PluginScope } from '@parley/ui/provider';
import { type ComponentType, type ReactNode, Suspense, use, useCallback, useState, useSyncExternalStore } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { HostContext } from '../host/use-host.ts';
import { messages } from '../messages.ts';
import { useWebPlugins } from '../plugin/web-plugins-context.ts';
import type { BrokenProps } from './broken-props.ts';
import { SlotGap } from './slot-gap.tsx';
import { SlotTiming } from './slot-timing.tsx';
import { SlotWaiting } from './slot-waiting.tsx';

interface SlotItemProps {
  readonly contribution: ManifestContribution;
  readonly props: object;
  readonly loading?: ReactNode;
  readonly broken?: ComponentType<BrokenProps> | undefined;
}

/** One contribution behind its own boundary, time limit and timing probe. */
export function SlotItem({ contribution, props, loading, broken: Broken }: SlotItemProps) {
  const plugins = useWebPlugins();
  const [attempt, setAttempt] = useState(0);
  const [isTooSlow, setTooSlow] = useState(false);
  const giveUp = useCallback(() => setTooSlow(true), []);
  const retry = () => {
    plugins.retry(contribution.pluginId);
    setTooSlow(false);
    setAttempt(attempt + 1);
  };
  const gap = (error: unknown) =>
    Broken ? (
      <Broken error={error} onRetry={retry} />
    ) : (
      <SlotGap contribution={contribution} error={error} onRetry={retry} />
    );
  return (
    <PluginScope pluginId={contribution.pluginId}>
      {isTooSlow ? (
        gap(new Error(messages.slotTooSlow))
      ) : (
        <ErrorBoundary key={attempt} fallbackRender={({ error }) => gap(error)}>
          <Suspense fallback={<SlotWaiting onLimit={giveUp}>{loading}</SlotWaiting>}>
            <Contribution contribution={contribution} props={props} />
          </Suspense>
        </ErrorBoundary>
      )}
    </PluginScope>
  );
}

function Contribution({ contribution, props }: Pick<SlotItemProps, 'contribution' | 'props'>) {
  const { slot, pluginId, id } = contribution;
  const plugins = useWebPlugins();
  const state = useSyncExternalStore(plugins.subscribe, () => plugins.load(pluginId));
  if (state.status === 'loading') {
    use(state.loaded);
    return undefined;
  }
  if (state.status === 'failed') throw state.error;
  const Component = state.plugin.slots?.[slot]?.[id] as ComponentType<object> | undefined;
  if (!Component) throw new Error(messages.slotMissing(pluginId, slot, id));
  return (
    <HostContext value={state.host}>
      <SlotTiming name={`${slot}/${pluginId}.${id}`}>
        <Component {...props} />
      </SlotTiming>
    </HostContext>
  );
}
