import { Button } from '@parley/ui/button';
import { PasswordField } from '@parley/ui/text-field';
import { useContract, useHost, useSession } from '@parley/web';
import { authLocalContract, authLocalErrors, SignUpSettings } from '../contract/index.ts';
import styles from './auth-forms.module.css';
import { explainError } from './explain-error.ts';
import { FormError } from './form-error.tsx';
import { messages } from './messages.ts';
import { useForm } from './use-form.ts';

/** The settings page for the own password. */
export function PasswordSettings() {
  const host = useHost();
  const { user } = useSession();
  const { client } = useContract(authLocalContract);
  const { minPasswordLength } = SignUpSettings.parse(host.config.plugins['auth-local'] ?? {});
  const { field, submit, reset, isPending, formError } = useForm({
    initial: { current: '', next: '' },
    check: ({ current, next }) => ({
      ...(current === '' && { current: messages.passwordMissing }),
      ...(next.length < minPasswordLength && { next: messages.passwordShort(minPasswordLength) }),
    }),
    send: async (values) => {
      await client.changePassword(values);
      reset();
      host.toast({ title: messages.changed, description: messages.changedText, tone: 'ok' });
    },
    explain: (error) =>
      explainError(error, {
        [authLocalErrors.WRONG_PASSWORD.code]: 'current',
        [authLocalErrors.WEAK_PASSWORD.code]: 'next',
      }),
  });
  return (
    <form className={styles['settings']} noValidate onSubmit={submit}>
      {/* Password managers read from it which account the password is for. */}
      <input type="text" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <PasswordField {...field('current')} label={messages.currentPassword} autoComplete="current-password" />
      <PasswordField
        {...field('next')}
        label={messages.newPassword}
        description={messages.passwordHint(minPasswordLength)}
        autoComplete="new-password"
      />
      <p className={styles['note']}>{messages.changeNote}</p>
      <FormError>{formError}</FormError>
      <Button type="submit" variant="primary" isPending={isPending}>
        {messages.changePassword}
      </Button>
    </form>
  );
}
