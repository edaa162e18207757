import { type AppliedView, type Change, isAppError, kernelContract, type PlanView } from '@parley/contracts';
import { useContract, useHost } from '@parley/web';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from '../queries.ts';
import { messages } from './messages.ts';
import { planSummary } from './plan-words.ts';

/** What somebody wishes for: changes, or everything as it was at a version. */
export type Wish = { readonly changes: Change[] } | { readonly to: number };

/** How far a wish has come. */
export interface ChangeState {
  readonly plan: PlanView | undefined;
  /** The plan that was shown no longer fitted when it was confirmed; this is another one. */
  readonly isNewPlan: boolean;
  readonly planError: Error | null;
  readonly isPlanning: boolean;
  readonly applied: AppliedView | undefined;
  readonly applyError: Error | null;
  readonly isApplying: boolean;
  readonly isUndone: boolean;
  readonly undoError: Error | null;
  readonly isUndoing: boolean;
  readonly planAgain: () => void;
  readonly apply: () => void;
  readonly undo: () => void;
}

/** Plans a wish, applies it only if it still does what the plan says, and takes it back. */
export function useChange(wish: Wish): ChangeState {
  const host = useHost();
  const { client } = useContract(kernelContract);
  const refresh = useRefresh();
  const [isNewPlan, setNewPlan] = useState(false);
  const planning = useQuery({
    queryKey: ['x', 'admin', 'plan', wish],
    // The version goes with the plan, so that taking the change back leads to where it began.
    queryFn: async ({ signal }) => {
      const [plan, { version }] = await Promise.all([client.plan(wish, { signal }), client.plugins({}, { signal })]);
      return { plan, version };
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: ({ id: planId }: PlanView) =>
      'to' in wish ? client.rollback({ ...wish, planId }) : client.apply({ ...wish, planId }),
    onSuccess: ({ tookMs }) => host.announce(messages.applied(tookMs)),
    onError: (error) => {
      if (!isAppError(error, 'KERNEL_PLAN_OUTDATED')) return;
      setNewPlan(true);
      host.announce(messages.isNew, 'assertive');
      void planning.refetch();
    },
    onSettled: refresh,
  });
  const undo = useMutation({
    mutationFn: (to: number) => client.rollback({ to }),
    onSuccess: () => host.announce(messages.undone),
    onSettled: refresh,
  });
  const { data } = planning;
  return {
    plan: data?.plan,
    isNewPlan: isNewPlan && !planning.isFetching,
    planError: planning.error,
    isPlanning: planning.isFetching,
    applied: apply.data,
    applyError: isAppError(apply.error, 'KERNEL_PLAN_OUTDATED') ? null : apply.error,
    isApplying: apply.isPending,
    isUndone: undo.isSuccess,
    undoError: undo.error,
    isUndoing: undo.isPending,
    planAgain: () => void planning.refetch(),
    apply: () => {
      if (!data) return;
      host.announce(planSummary(data.plan));
      apply.mutate(data.plan);
    },
    undo: () => {
      if (data) undo.mutate(data.version);
    },
  };
}
