import { Button } from '@parley/ui/button';
import { KeyRoundIcon } from '@parley/ui/icon';
import { PasswordField, TextField } from '@parley/ui/text-field';
import { useContract, useHost } from '@parley/web';
import { identityErrors } from '@parley/plugin-identity/contract';
import { authLocalContract, authLocalErrors } from '../contract/index.ts';
import styles from './auth-forms.module.css';
import { explainError } from './explain-error.ts';
import { FormError } from './form-error.tsx';
import { FormNotice } from './form-notice.tsx';
import { messages } from './messages.ts';
import { useForm } from './use-form.ts';

interface SignUpFormProps {
  readonly minPasswordLength: number;
  /** From the address printed at the first start. */
  readonly setupToken: string | undefined;
}

/** Name, e-mail and password of somebody who wants an account. */
export function SignUpForm({ minPasswordLength, setupToken }: SignUpFormProps) {
  const { session } = useHost();
  const { client } = useContract(authLocalContract);
  const token = setupToken === undefined ? {} : { setupToken };
  const { field, submit, isPending, formError } = useForm({
    initial: { name: '', email: '', password: '' },
    check: ({ name, email, password }) => ({
      ...(name.trim() === '' && { name: messages.nameMissing }),
      ...(!/^\S+@\S+\.\S+$/.test(email.trim()) && {
        email: email.trim() === '' ? messages.emailMissing : messages.emailInvalid,
      }),
      ...(password.length < minPasswordLength && { password: messages.passwordShort(minPasswordLength) }),
    }),
    send: async ({ name, email, password }) =>
      session.signedIn((await client.signUp({ name, email: email.trim(), password, ...token })).user),
    explain: (error) =>
      explainError(error, {
        [identityErrors.EMAIL_TAKEN.code]: 'email',
        [authLocalErrors.WEAK_PASSWORD.code]: 'password',
      }),
  });
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      {setupToken === undefined ? undefined : (
        <FormNotice title={messages.setupTitle} icon={<KeyRoundIcon />}>
          {messages.setupText}
        </FormNotice>
      )}
      <TextField {...field('name')} label={messages.name} autoComplete="name" maxLength={100} autoFocus />
      <TextField {...field('email')} label={messages.email} type="email" autoComplete="username" maxLength={254} />
      <PasswordField
        {...field('password')}
        label={messages.password}
        description={messages.passwordHint(minPasswordLength)}
        autoComplete="new-password"
      />
      <FormError>{formError}</FormError>
      <Button type="submit" variant="primary" size="large" isWide isPending={isPending}>
        {messages.signUp}
      </Button>
    </form>
  );
}
