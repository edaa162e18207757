import type { ManifestContribution } from '@parley/contracts';
import { PluginScope } from '@parley/ui/provider';
import { type ComponentType, type ReactNode, Suspense, useCallback, useState, useSyncExternalStore } from 'react';
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

/** One contribution behind its own boundary, time limit and timing probe; another build of its plugin starts anew. */
export function SlotItem(item: SlotItemProps) {
  const plugins = useWebPlugins();
  const life = useSyncExternalStore(plugins.subscribe, () => plugins.life(item.contribution.pluginId));
  return <LivingItem key={life} {...item} />;
}

function LivingItem({ contribution, props, loading, broken: Broken }: SlotItemProps) {
  const plugins = useWebPlugins();
  const [attempt, setAttempt] = useState(0);
  const [isTooSlow, setTooSlow] = useState(false);
  const giveUp = useCallback(() => {
    setTooSlow(true);
    plugins.failed(contribution, new Error(messages.slotTooSlow));
  }, [plugins, contribution]);
  const retry = () => {
    plugins.retry(contribution.pluginId);
    setTooSlow(false);
    setAttempt(attempt + 1);
  };
  const waiting = <SlotWaiting onLimit={giveUp}>{loading}</SlotWaiting>;
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
        <ErrorBoundary
          key={attempt}
          onError={(error) => plugins.failed(contribution, error)}
          fallbackRender={({ error }) => gap(error)}
        >
          <Suspense fallback={waiting}>
            <Contribution contribution={contribution} props={props} waiting={waiting} />
          </Suspense>
        </ErrorBoundary>
      )}
    </PluginScope>
  );
}

interface ContributionProps extends Pick<SlotItemProps, 'contribution' | 'props'> {
  readonly waiting: ReactNode;
}

/** Waits for the plugin's module; the component in it may be a lazy one, which suspends. */
function Contribution({ contribution, props, waiting }: ContributionProps) {
  const { slot, pluginId, id } = contribution;
  const plugins = useWebPlugins();
  const state = useSyncExternalStore(plugins.subscribe, () => plugins.load(pluginId));
  if (state.status === 'loading') return waiting;
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
