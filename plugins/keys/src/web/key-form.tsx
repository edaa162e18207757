import type { KeyStatus } from '@parley/plugin-keys/contract';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { type KeyKind, type KeyOfProvider, useKeyActions } from './key-kind.ts';
import { keyProblems } from './key-problems.ts';
import { KeySite } from './key-site.tsx';
import styles from './keys.module.css';
import { messages } from './messages.ts';

interface KeyFormProps {
  readonly kind: KeyKind;
  readonly of: KeyOfProvider;
  readonly onSaved: (status: KeyStatus) => void;
  readonly onCancel: () => void;
}

/** The fields of a key; they are asked of the provider before they are saved, and what it says stands beside them. */
export function KeyForm({ kind, of: { provider, title, schema, site }, onSaved, onCancel }: KeyFormProps) {
  const { set } = useKeyActions(kind);
  const form = useSchemaForm(schema, {});
  const element = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<Error>();
  // Who has asked for the form wants to fill it in.
  useEffect(() => element.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const toProblem = () =>
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());

  const save = async (): Promise<void> => {
    const values = Object.fromEntries(
      Object.entries(form.value).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])),
    );
    setFailure(undefined);
    try {
      onSaved(await set.mutateAsync({ provider, values }));
    } catch (error) {
      const problems = keyProblems(error, schema, title);
      form.refuse(problems);
      if (problems.length === 0) setFailure(error instanceof Error ? error : new Error(String(error)));
      else toProblem();
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (set.isPending) return;
    if (form.check()) void save();
    else toProblem();
  };
  return (
    <form ref={element} noValidate aria-label={messages.formOf(title)} className={styles['form']} onSubmit={submit}>
      {site === undefined ? undefined : <KeySite site={site} />}
      <SchemaForm {...form} areKeysShown={false} areSecretsOpen isDisabled={set.isPending} />
      {failure ? <ErrorState title={messages.saveFailed} cause={failure.message} /> : undefined}
      <div className={styles['actions']}>
        <Button type="submit" variant="primary" isPending={set.isPending}>
          {messages.save}
        </Button>
        <Button isDisabled={set.isPending} onPress={onCancel}>
          {messages.cancel}
        </Button>
        <p role="status" className={styles['note']}>
          {set.isPending ? messages.asking(title) : ''}
        </p>
      </div>
    </form>
  );
}
