import type { SlotProps } from '@parley/contracts';
import { type authMethod, useHost } from '@parley/web';
import { SignUpSettings } from '../contract/index.ts';
import { FormNotice } from './form-notice.tsx';
import { messages } from './messages.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

/** Signing in and up with e-mail and password. */
export function PasswordMethod({ mode, email }: SlotProps<typeof authMethod>) {
  const { config } = useHost();
  const { signUp, minPasswordLength } = SignUpSettings.parse(config.plugins['auth-local'] ?? {});
  if (mode === 'sign-in') return <SignInForm email={email} />;
  const setupToken = new URLSearchParams(location.search).get('setup') ?? undefined;
  if (signUp === 'closed' && setupToken === undefined) {
    return <FormNotice title={messages.closedTitle}>{messages.closedText}</FormNotice>;
  }
  return <SignUpForm minPasswordLength={minPasswordLength} setupToken={setupToken} />;
}
