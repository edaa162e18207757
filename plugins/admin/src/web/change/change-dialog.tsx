import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { AppliedResult } from './applied-result.tsx';
import styles from './change.module.css';
import { messages } from './messages.ts';
import { problemsOfError } from './problems-of-error.ts';
import { NoticeBox } from './notice-box.tsx';
import { PlanDetails } from './plan-details.tsx';
import { type ChangeState, useChange, type Wish } from './use-change.ts';

/** Props of `ChangeDialog`. */
export interface ChangeDialogProps {
  readonly title: string;
  readonly wish: Wish;
  /** The verb of the button that applies the plan. */
  readonly confirmLabel: string;
  readonly isDestructive?: boolean;
  /** `applied` tells whether the change stands. */
  readonly onClose: (outcome: { readonly isApplied: boolean; readonly problems: readonly string[] }) => void;
}

/** Plan, confirm, apply, undo: the one way every change of the composition goes. */
export function ChangeDialog({ title, wish, confirmLabel, isDestructive = false, onClose }: ChangeDialogProps) {
  const change = useChange(wish);
  const { plan, applied, isApplying, isUndoing } = change;
  const isBusy = isApplying || isUndoing;
  const problems = plan?.problems ?? problemsOfError(change.planError);
  const close = () => onClose({ isApplied: applied !== undefined && !change.isUndone, problems });
  return (
    <Dialog
      title={applied ? title.replace(/\?$/, '') : title}
      size="medium"
      isOpen
      isDismissable={!isBusy}
      onOpenChange={(isOpen) => (isOpen ? undefined : close())}
      footer={<Footer change={change} confirmLabel={confirmLabel} isDestructive={isDestructive} onClose={close} />}
    >
      <div className={styles['body']}>
        <Body change={change} />
      </div>
    </Dialog>
  );
}

function Body({ change }: { readonly change: ChangeState }) {
  const { plan, planError, applied, applyError, undoError, isNewPlan, isApplying, isPlanning, isUndone } = change;
  if (applied) return <AppliedResult applied={applied} isUndone={isUndone} undoError={undoError} />;
  const refusals = problemsOfError(planError);
  if (refusals.length > 0) return <NoticeBox tone="danger" title={messages.problems} texts={refusals} />;
  if (planError) {
    return (
      <ErrorState
        title={messages.planFailed}
        cause={planError.message}
        onRetry={change.planAgain}
        isRetrying={isPlanning}
      />
    );
  }
  if (!plan || isPlanning) return <Skeleton lines={5} label={messages.planning} />;
  return (
    <>
      {isNewPlan ? (
        <p role="status" className={styles['notice']}>
          {messages.isNew}
        </p>
      ) : undefined}
      {applyError ? (
        <ErrorState title={messages.applyFailed} cause={`${applyError.message} ${messages.applyFailedText}`} />
      ) : undefined}
      <PlanDetails plan={plan} />
      {isApplying ? (
        <p role="status" className={styles['status']}>
          {messages.applying}
        </p>
      ) : undefined}
    </>
  );
}

interface FooterProps extends Pick<ChangeDialogProps, 'confirmLabel'> {
  readonly change: ChangeState;
  readonly isDestructive: boolean;
  readonly onClose: () => void;
}

/** The last button stays where it is from step to step, and so does the focus on it. */
function Footer({ change, confirmLabel, isDestructive, onClose }: FooterProps) {
  const { plan, applied, isPlanning, isApplying, isUndone, isUndoing, apply, undo } = change;
  const isRefused = change.planError !== null || (plan?.problems.length ?? 0) > 0;
  const isOver = applied !== undefined || (isRefused && !isPlanning);
  return (
    <>
      {applied && !isUndone ? (
        <Button isPending={isUndoing} onPress={undo}>
          {messages.undo}
        </Button>
      ) : undefined}
      {isOver ? undefined : (
        <Button isDisabled={isApplying} onPress={onClose}>
          {messages.cancel}
        </Button>
      )}
      <Button
        key="confirm"
        variant={isOver || !isDestructive ? 'primary' : 'danger'}
        isPending={isApplying}
        isDisabled={!isOver && (isPlanning || !plan)}
        onPress={isOver ? onClose : apply}
      >
        {isOver ? (applied ? messages.finish : messages.back) : confirmLabel}
      </Button>
    </>
  );
}
