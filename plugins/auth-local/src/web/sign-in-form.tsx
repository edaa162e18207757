import { Button } from '@parley/ui/button';
import { PasswordField, TextField } from '@parley/ui/text-field';
import { useContract, useHost } from '@parley/web';
import { authLocalContract, authLocalErrors } from '../contract/index.ts';
import styles from './auth-forms.module.css';
import { explainError } from './explain-error.ts';
import { FormError } from './form-error.tsx';
import { messages } from './messages.ts';
import { useForm } from './use-form.ts';

/** E-mail and password of somebody who has an account. */
export function SignInForm({ email }: { readonly email?: string | undefined }) {
  const { session } = useHost();
  const { client } = useContract(authLocalContract);
  const { field, submit, isPending, formError } = useForm({
    initial: { email: email ?? '', password: '' },
    check: (values) => ({
      ...(values.email.trim() === '' && { email: messages.emailMissing }),
      ...(values.password === '' && { password: messages.passwordMissing }),
    }),
    send: async (values) => session.signedIn((await client.signIn(values)).user),
    explain: (error) => explainError(error, { [authLocalErrors.WRONG_CREDENTIALS.code]: 'password' }),
  });
  return (
    <form className={styles['form']} noValidate onSubmit={submit}>
      <TextField
        {...field('email')}
        label={messages.email}
        type="email"
        autoComplete="username"
        autoFocus={email === undefined}
      />
      <PasswordField
        {...field('password')}
        label={messages.password}
        autoComplete="current-password"
        autoFocus={email !== undefined}
      />
      <FormError>{formError}</FormError>
      <Button type="submit" variant="primary" size="large" isWide isPending={isPending}>
        {messages.signIn}
      </Button>
    </form>
  );
}
