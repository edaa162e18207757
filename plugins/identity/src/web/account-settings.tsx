import type { User } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { TextField } from '@parley/ui/text-field';
import { useContract, useHost, useSession } from '@parley/web';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { identityContract } from '../contract/index.ts';
import styles from './settings.module.css';
import { messages } from './messages.ts';

/** The settings page for the own name. */
export function AccountSettings() {
  const { user } = useSession();
  return user ? <AccountForm key={user.id} user={user} /> : undefined;
}

function AccountForm({ user }: { readonly user: User }) {
  const host = useHost();
  const { queries } = useContract(identityContract);
  const [name, setName] = useState(user.name);
  const [isChecked, setChecked] = useState(false);
  const save = useMutation(
    queries.updateMe.mutation({
      onSuccess: (updated) => {
        setName(updated.name);
        host.session.update(updated);
        host.toast({ title: messages.saved, tone: 'ok' });
      },
    }),
  );
  const isMissing = name.trim() === '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isMissing && !save.isPending) save.mutate({ name: name.trim() });
  };
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      <TextField
        label={messages.name}
        name="name"
        autoComplete="name"
        maxLength={100}
        value={name}
        onChange={setName}
        isRequired
        validationBehavior="aria"
        errorMessage={isChecked && isMissing ? messages.nameMissing : save.error?.message}
      />
      <TextField
        label={messages.email}
        description={messages.emailNote}
        type="email"
        autoComplete="email"
        value={user.email}
        isReadOnly
      />
      <Button type="submit" variant="primary" isPending={save.isPending} isDisabled={name.trim() === user.name}>
        {messages.save}
      </Button>
    </form>
  );
}
