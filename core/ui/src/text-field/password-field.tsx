import { useState } from 'react';
import { IconButton } from '../button/icon-button.tsx';
import { EyeIcon, EyeOffIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import { TextField, type TextFieldProps } from './text-field.tsx';

/** Props of `PasswordField`. */
export type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'rows' | 'end' | 'icon'>;

/** A password input whose text can be shown. */
export function PasswordField(props: PasswordFieldProps) {
  const messages = useUiMessages();
  const [isShown, setShown] = useState(false);
  const toggle = (
    <IconButton
      size="small"
      label={isShown ? messages.hidePassword : messages.showPassword}
      onPress={() => setShown(!isShown)}
    >
      {isShown ? <EyeOffIcon /> : <EyeIcon />}
    </IconButton>
  );
  return <TextField {...props} type={isShown ? 'text' : 'password'} end={toggle} />;
}
