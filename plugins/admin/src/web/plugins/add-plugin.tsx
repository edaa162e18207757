import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { Switch } from '@parley/ui/switch';
import { TextField } from '@parley/ui/text-field';
import { type SubmitEvent, useId, useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { messages } from './messages.ts';
import styles from './plugins-page.module.css';

/** Asks what to add, then shows its plan. */
export function AddPlugin({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const [use, setUse] = useState('');
  const [id, setId] = useState('');
  const [isIsolated, setIsolated] = useState(false);
  const [step, setStep] = useState<'asking' | 'checked' | 'planning'>('asking');
  const name = use.trim();
  if (step === 'planning') {
    return (
      <ChangeDialog
        title={messages.addTitle}
        wish={{
          changes: [
            {
              do: 'add',
              use: name,
              ...(id.trim() === '' ? {} : { id: id.trim() }),
              ...(isIsolated ? { isolation: 'process' as const } : {}),
            },
          ],
        }}
        confirmLabel={messages.add}
        onClose={({ isApplied }) => (isApplied ? onClose() : setStep('checked'))}
      />
    );
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setStep(name === '' ? 'checked' : 'planning');
  };
  return (
    <Dialog
      title={messages.addTitle}
      size="medium"
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      footer={
        <>
          <Button onPress={onClose}>{messages.cancel}</Button>
          <Button type="submit" form={formId} variant="primary">
            {messages.addContinue}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className={styles['form']} onSubmit={submit}>
        <TextField
          label={messages.addUse}
          description={messages.addUseHint}
          isCode
          autoFocus
          isRequired
          validationBehavior="aria"
          value={use}
          onChange={setUse}
          errorMessage={step === 'checked' && name === '' ? messages.addMissing : undefined}
        />
        <TextField label={messages.addId} description={messages.addIdHint} isCode value={id} onChange={setId} />
        <Switch description={messages.addOthers} isSelected={isIsolated} onChange={setIsolated}>
          {messages.isolated}
        </Switch>
      </form>
    </Dialog>
  );
}
