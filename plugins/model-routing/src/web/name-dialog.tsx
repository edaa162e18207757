import type { ModelAlias } from '@parley/plugin-model-routing/contract';
import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { TextField } from '@parley/ui/text-field';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { ChainEditor } from './chain-editor.tsx';
import { messages } from './messages.ts';
import styles from './routes.module.css';

interface NameDialogProps {
  /** The one to change; a new one without it. */
  readonly alias: ModelAlias | undefined;
  readonly taken: ReadonlySet<string>;
  readonly problem: string | undefined;
  readonly isSaving: boolean;
  readonly onSave: (alias: ModelAlias) => void;
  readonly onClose: () => void;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,39}$/;

const idOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);

/** A name, and the models it stands for. */
export function NameDialog({ alias, taken, problem, isSaving, onSave, onClose }: NameDialogProps) {
  const formId = useId();
  const [title, setTitle] = useState(alias?.title ?? '');
  const [typedId, setTypedId] = useState(alias?.id);
  const [chain, setChain] = useState<readonly string[]>(alias?.models ?? []);
  const [roles, setRoles] = useState(alias?.roles?.join(', ') ?? '');
  const [isChecked, setChecked] = useState(false);
  const id = typedId ?? idOf(title);
  const idProblem = ID.test(id) ? (taken.has(id) && id !== alias?.id ? messages.idTaken : undefined) : messages.idWrong;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (title.trim() === '' || idProblem !== undefined || chain.length === 0) return;
    const only = roles
      .split(',')
      .map((role) => role.trim())
      .filter(Boolean);
    onSave({ id, title: title.trim(), models: [...chain], ...(only.length === 0 ? {} : { roles: only }) });
  };
  return (
    <RouteDialog title={messages.nameTitle} formId={formId} isSaving={isSaving} onClose={onClose}>
      <form id={formId} noValidate onSubmit={submit} className={styles['form']}>
        {problem === undefined ? undefined : <ErrorState title={messages.saveFailed} cause={problem} />}
        <TextField
          label={messages.title}
          description={messages.titleHint}
          autoFocus
          isRequired
          validationBehavior="aria"
          maxLength={80}
          value={title}
          onChange={setTitle}
          errorMessage={isChecked && title.trim() === '' ? messages.titleMissing : undefined}
        />
        <TextField
          label={messages.id}
          description={messages.idHint(id)}
          isCode
          isRequired
          validationBehavior="aria"
          maxLength={40}
          value={id}
          onChange={setTypedId}
          errorMessage={isChecked || typedId !== undefined ? idProblem : undefined}
        />
        <ChainEditor
          label={messages.chain}
          chain={chain}
          onChange={setChain}
          errorMessage={isChecked && chain.length === 0 ? messages.chainMissing : undefined}
        />
        <TextField label={messages.roles} description={messages.rolesHint} value={roles} onChange={setRoles} />
      </form>
    </RouteDialog>
  );
}

interface RouteDialogProps {
  readonly title: string;
  readonly formId: string;
  readonly isSaving: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The frame of a form here. */
export const RouteDialog = ({ title, formId, isSaving, onClose, children }: RouteDialogProps) => (
  <Dialog
    title={title}
    size="medium"
    isOpen
    onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
    footer={
      <>
        <Button isDisabled={isSaving} onPress={onClose}>
          {messages.cancel}
        </Button>
        <Button type="submit" form={formId} variant="primary" isPending={isSaving}>
          {messages.save}
        </Button>
      </>
    }
  >
    {children}
  </Dialog>
);
