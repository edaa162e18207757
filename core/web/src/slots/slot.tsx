import type { ManifestContribution, Slot as SlotDefinition } from '@parley/contracts';
import type { ComponentType, ReactNode } from 'react';
import type { BrokenProps } from './broken-props.ts';
import { SlotItem } from './slot-item.tsx';
import { useContributions } from './use-contributions.ts';

/** Props of `Slot`. */
export interface SlotProps<P> {
  /** The slot to fill here. */
  readonly of: SlotDefinition<P>;
  /** What each contribution receives. */
  readonly props: P;
  /** For keyed slots: which key is wanted. The key `*` draws what nobody else claims. */
  readonly itemKey?: string;
  /** Leaves out contributions, to show one tab for example. */
  readonly select?: (contribution: ManifestContribution) => boolean;
  /** Stands in the place of a contribution that still loads, after 150 ms; a skeleton line without one. */
  readonly loading?: ReactNode;
  /** Stands in the place of a broken contribution for everybody; a labelled gap for administrators without one. */
  readonly broken?: ComponentType<BrokenProps>;
  /** Stands here when nothing is contributed. */
  readonly fallback?: ReactNode;
}

/**
 * A place that plugins fill. Each contribution stands behind a boundary of its own: one that throws, hangs or can't be
 * loaded leaves a labelled gap for administrators and nothing for others; its neighbours do not notice.
 */
export function Slot<P>({ of, props, itemKey, select, loading, broken, fallback }: SlotProps<P>) {
  const all = useContributions(of);
  const shown = pick(of, select ? all.filter(select) : all, itemKey);
  if (shown.length === 0) return fallback;
  return shown.map((contribution) => (
    <SlotItem
      key={`${contribution.pluginId}/${contribution.id}`}
      contribution={contribution}
      props={props as object}
      loading={loading}
      broken={broken}
    />
  ));
}

function pick(
  { arity }: Pick<SlotDefinition<unknown>, 'arity'>,
  contributions: readonly ManifestContribution[],
  itemKey: string | undefined,
): readonly ManifestContribution[] {
  if (arity === 'many') return contributions;
  const matching = arity === 'one' ? contributions : contributions.filter(({ key }) => key === itemKey);
  const first = matching[0] ?? contributions.find(({ key }) => arity === 'keyed' && key === '*');
  return first ? [first] : [];
}
