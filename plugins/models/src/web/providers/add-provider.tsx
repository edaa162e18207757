import type { PluginEntryView } from '@parley/contracts';
import type { ProposeChange } from '@parley/plugin-admin/contract';
import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { EmptyState } from '@parley/ui/empty-state';
import { Radio, RadioGroup } from '@parley/ui/radio';
import { useHost } from '@parley/web';
import { type SubmitEvent, useId, useState } from 'react';
import { useModelChanges, useRefresh } from '../queries.ts';
import { type Instance, InstanceForm } from './instance-fields.tsx';
import { instanceChanges } from './instance-form.ts';
import { messages } from './messages.ts';
import { kindTitle } from './provider-rows.ts';
import styles from './providers.module.css';
import { testWords } from './use-provider-test.ts';

interface AddProviderProps {
  readonly kinds: readonly PluginEntryView[];
  /** Short names and ids that are not free. */
  readonly taken: ReadonlySet<string>;
  readonly propose: ProposeChange;
  readonly onClose: () => void;
}

/** Which kind of provider, its name and address, the plan: one step after the other, with a way back. */
export function AddProvider({ kinds, taken, propose, onClose }: AddProviderProps) {
  const formId = useId();
  const { toast } = useHost();
  const refresh = useRefresh();
  const { test } = useModelChanges();
  const [use, setUse] = useState(kinds[0]?.use);
  const [step, setStep] = useState<'kind' | 'fields' | 'plan'>('kind');
  // What was entered comes back with the way back from the plan.
  const [draft, setDraft] = useState<Instance>();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const kind = kinds.find((one) => one.use === use);

  const plan = async (instance: Instance): Promise<void> => {
    if (!kind) return;
    setDraft(instance);
    setStep('plan');
    const outcome = await propose({
      title: messages.addQuestion(instance.title),
      changes: instanceChanges(kind, instance),
      confirmLabel: messages.add,
    });
    if (!outcome.isApplied) {
      setProblems(outcome.problems);
      return setStep('fields');
    }
    onClose();
    const result = await test.mutateAsync({ provider: instance.key }).catch(() => undefined);
    await refresh();
    toast({
      title: messages.added(instance.title),
      ...(result ? { description: testWords(result), tone: result.state === 'ready' ? 'ok' : 'signal' } : {}),
    });
  };
  // The plan is a dialog of its own.
  if (step === 'plan') return undefined;
  const toFields = (event: SubmitEvent) => {
    event.preventDefault();
    setStep('fields');
  };
  return (
    <Dialog
      title={step === 'kind' || !kind ? messages.addTitle : `${messages.add}: ${kindTitle(kind)}`}
      size="medium"
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      footer={
        <>
          {step === 'kind' ? (
            <Button onPress={onClose}>{messages.cancel}</Button>
          ) : (
            <Button onPress={() => setStep('kind')}>{messages.back}</Button>
          )}
          <Button type="submit" form={formId} variant="primary" isDisabled={!kind}>
            {step === 'kind' ? messages.continue : messages.plan}
          </Button>
        </>
      }
    >
      {step === 'kind' || !kind ? (
        <form id={formId} onSubmit={toFields} className={styles['form']}>
          {kinds.length === 0 ? (
            <EmptyState>{messages.noKinds}</EmptyState>
          ) : (
            <RadioGroup
              label={messages.kind}
              value={use ?? ''}
              onChange={(next) => {
                setUse(next);
                setDraft(undefined);
                setProblems([]);
              }}
            >
              {kinds.map((one) => (
                <Radio
                  key={one.use}
                  value={one.use}
                  description={one.isEnabled ? messages.kindAgain : messages.kindOff}
                >
                  {kindTitle(one)}
                </Radio>
              ))}
            </RadioGroup>
          )}
        </form>
      ) : (
        <InstanceForm
          key={kind.use}
          id={formId}
          kind={kind}
          taken={taken}
          draft={draft}
          problems={problems}
          onSubmit={(instance) => void plan(instance)}
        />
      )}
    </Dialog>
  );
}
