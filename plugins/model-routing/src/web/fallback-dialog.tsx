import type { ModelFallback } from '@parley/plugin-model-routing/contract';
import { ErrorState } from '@parley/ui/error-state';
import { Picker } from '@parley/ui/picker';
import { type SubmitEvent, useId, useState } from 'react';
import { ChainEditor } from './chain-editor.tsx';
import { messages } from './messages.ts';
import { RouteDialog } from './name-dialog.tsx';
import styles from './routes.module.css';
import { useModels } from './use-routes.ts';

interface FallbackDialogProps {
  /** The one to change; a new one without it. */
  readonly fallback: ModelFallback | undefined;
  /** Models that have one. */
  readonly taken: ReadonlySet<string>;
  readonly problem: string | undefined;
  readonly isSaving: boolean;
  readonly onSave: (fallback: ModelFallback) => void;
  readonly onClose: () => void;
}

/** A model, or all of a provider, and who answers in its place. */
export function FallbackDialog({ fallback, taken, problem, isSaving, onSave, onClose }: FallbackDialogProps) {
  const formId = useId();
  const { groups } = useModels();
  const [model, setModel] = useState(fallback?.model);
  const [chain, setChain] = useState<readonly string[]>(fallback?.instead ?? []);
  const [isChecked, setChecked] = useState(false);
  const isTaken = model !== undefined && taken.has(model) && model !== fallback?.model;
  const modelProblem = model === undefined ? messages.modelMissing : isTaken ? messages.modelTaken : undefined;
  const withAll = groups.map((group) => ({
    ...group,
    options: [{ id: `${group.id}/*`, label: messages.allOf(group.title) }, ...group.options],
  }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (model !== undefined && modelProblem === undefined && chain.length > 0) onSave({ model, instead: [...chain] });
  };
  return (
    <RouteDialog title={messages.fallbackTitle} formId={formId} isSaving={isSaving} onClose={onClose}>
      <form id={formId} noValidate onSubmit={submit} className={styles['form']}>
        {problem === undefined ? undefined : <ErrorState title={messages.saveFailed} cause={problem} />}
        <div className={styles['chainField']}>
          <span className={styles['label']}>{messages.model}</span>
          <Picker
            label={messages.model}
            groups={withAll}
            value={model}
            onChange={setModel}
            placeholder={model ?? messages.modelMissing}
            searchPlaceholder={messages.search}
          />
          <p role="alert" className={styles['problem']}>
            {isChecked || isTaken ? modelProblem : undefined}
          </p>
        </div>
        <ChainEditor
          label={messages.instead}
          chain={chain}
          onChange={setChain}
          errorMessage={isChecked && chain.length === 0 ? messages.chainMissing : undefined}
        />
      </form>
    </RouteDialog>
  );
}
