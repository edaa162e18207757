import { isAppError } from '@parley/contracts';
import type { ManagedModel } from '@parley/plugin-models/contract';
import { modelsErrors } from '@parley/plugin-models/contract';
import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { useHost } from '@parley/web';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import { messages as shared } from '../messages.ts';
import { useModelChanges } from '../queries.ts';
import { messages } from './messages.ts';
import styles from './models.module.css';
import { ruleSchema, toForm, toRule } from './rule-form.ts';

interface RuleDialogProps {
  readonly item: ManagedModel;
  readonly onClose: () => void;
}

/** What an operator says about one model, beside what its provider and the catalogue say. */
export function RuleDialog({ item, onClose }: RuleDialogProps) {
  const { model, facts, rule } = item;
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const { announce } = useHost();
  const { setRule } = useModelChanges();
  const form = useSchemaForm(ruleSchema(item), toForm(rule));
  // The revision that was looked at; after a conflict that of the present state, which is then shown.
  const [base, setBase] = useState({ rev: item.rev ?? 0 });
  const isConflict = isAppError(setRule.error, modelsErrors.CHANGED.code);

  const send = async (next: ReturnType<typeof toRule>): Promise<void> => {
    try {
      await setRule.mutateAsync({ model: model.id, rule: next, rev: base.rev });
      announce(messages.saved(model.name));
      onClose();
    } catch {
      // The dialog shows what failed.
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (form.check()) void send(toRule(form.value, rule));
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  const isStale = isConflict && base.rev !== (item.rev ?? 0);
  return (
    <Dialog
      title={messages.editTitle(model.name)}
      size="medium"
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      footer={
        <>
          {rule ? (
            <Button
              variant="quiet"
              isDisabled={setRule.isPending}
              className={styles['reset'] ?? ''}
              onPress={() => void send(toRule({}, rule.enabled === undefined ? undefined : { enabled: rule.enabled }))}
            >
              {messages.reset}
            </Button>
          ) : undefined}
          <Button isDisabled={setRule.isPending} onPress={onClose}>
            {shared.cancel}
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={setRule.isPending}>
            {shared.save}
          </Button>
        </>
      }
    >
      <form ref={element} id={formId} noValidate onSubmit={submit} className={styles['form']}>
        <p className={styles['lead']}>
          {messages.editLead}
          {facts ? (
            <>
              {' '}
              {messages.catalogueFrom}{' '}
              <a href={facts.source} target="_blank" rel="noreferrer noopener">
                {messages.asOf(facts.asOf)}
              </a>
              .
            </>
          ) : undefined}
        </p>
        {isConflict ? (
          <div role="alert" className={styles['conflict']}>
            <p>{messages.conflict}</p>
            <pre className={styles['present']}>{JSON.stringify(toForm(rule), undefined, 2)}</pre>
            {isStale ? (
              <Button size="small" onPress={() => setBase({ rev: item.rev ?? 0 })}>
                {messages.overwrite}
              </Button>
            ) : undefined}
          </div>
        ) : setRule.error ? (
          <ErrorState title={shared.saveFailed} cause={setRule.error.message} />
        ) : undefined}
        <SchemaForm {...form} areKeysShown={false} />
      </form>
    </Dialog>
  );
}
