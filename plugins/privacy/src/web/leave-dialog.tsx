import { isAppError } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { Dialog } from '@parley/ui/dialog';
import { Switch } from '@parley/ui/switch';
import { PasswordField, TextField } from '@parley/ui/text-field';
import { useContract, useHost, useSession } from '@parley/web';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { privacyContract, privacyErrors } from '../contract/index.ts';
import { messages } from './messages.ts';
import styles from './privacy.module.css';

interface Problems {
  readonly password?: string | undefined;
  readonly word?: string | undefined;
  readonly form?: string | undefined;
}

/** Says what goes, asks for the password and the word, and leads to the farewell page. */
export function LeaveDialog() {
  return (
    <Dialog title={messages.leaveQuestion} role="alertdialog" size="medium">
      <LeaveForm />
    </Dialog>
  );
}

function useLeave() {
  const { client } = useContract(privacyContract);
  const { navigate, session } = useHost();
  const [problems, setProblems] = useState<Problems>({});
  const [isPending, setPending] = useState(false);
  const [isLastAdministrator, setLastAdministrator] = useState(false);
  const hasLeft = useRef(false);
  // Not before this page is gone: once nobody is signed in, it leads to the login.
  useEffect(
    () => () => {
      if (hasLeft.current) void session.signOut();
    },
    [session],
  );

  const leave = async (password: string, withoutAdministrator: boolean): Promise<void> => {
    setPending(true);
    setProblems({});
    try {
      await client.eraseOwn({ password, withoutAdministrator });
      hasLeft.current = true;
      navigate('/farewell', { replace: true });
    } catch (error) {
      if (isAppError(error, privacyErrors.LAST_ADMINISTRATOR.code)) setLastAdministrator(true);
      const reason = isAppError(error) ? error.message : messages.failed;
      setProblems(isAppError(error, privacyErrors.WRONG_PASSWORD.code) ? { password: reason } : { form: reason });
      setPending(false);
    }
  };
  return { problems, setProblems, isPending, isLastAdministrator, leave };
}

function LeaveForm() {
  const { user } = useSession();
  const [password, setPassword] = useState('');
  const [word, setWord] = useState('');
  const [withoutAdministrator, setWithoutAdministrator] = useState(false);
  const { problems, setProblems, isPending, isLastAdministrator, leave } = useLeave();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isPending) return;
    const found: Problems = {
      ...(password === '' && { password: messages.passwordMissing }),
      ...(word.trim().toLowerCase() !== messages.word && { word: messages.wordWrong(messages.word) }),
    };
    if (found.password ?? found.word) setProblems(found);
    else void leave(password, withoutAdministrator);
  };
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      <p>{messages.leaveLead}</p>
      <ul className={styles['goes']}>
        {messages.leaveList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={styles['note']}>{messages.leaveStays}</p>
      {/* Password managers read from it which account the password is for. */}
      <input type="text" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <PasswordField
        label={messages.password}
        autoComplete="current-password"
        isRequired
        validationBehavior="aria"
        value={password}
        onChange={setPassword}
        errorMessage={problems.password}
      />
      <TextField
        label={messages.wordLabel(messages.word)}
        autoComplete="off"
        isRequired
        validationBehavior="aria"
        value={word}
        onChange={setWord}
        errorMessage={problems.word}
      />
      {isLastAdministrator ? (
        <Switch
          isSelected={withoutAdministrator}
          onChange={setWithoutAdministrator}
          description={messages.withoutAdministratorNote}
        >
          {messages.withoutAdministrator}
        </Switch>
      ) : undefined}
      <div role="alert">
        {problems.form === undefined ? undefined : <p className={styles['error']}>{problems.form}</p>}
      </div>
      <div className={styles['actions']}>
        <Button slot="close">{messages.cancel}</Button>
        <Button type="submit" variant="danger" isPending={isPending}>
          {messages.confirmLeave}
        </Button>
      </div>
    </form>
  );
}
