import { type ReactNode, useState } from 'react';
import { Badge } from '../badge/badge.tsx';
import { Button } from '../button/button.tsx';
import { PasswordField } from '../text-field/password-field.tsx';
import { useHint } from './field-hint.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope, useProblem } from './form-context.ts';
import { Group } from './group.tsx';
import { isKeptSecret } from './json-schema.ts';
import styles from './schema-form.module.css';

/** A secret: whether it is set is shown, what it is never; it can be replaced and, where nothing needs it, removed. */
export function SecretField(props: FieldProps) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange } = props;
  const { messages, isDisabled, areSecretsOpen } = useFormScope();
  const isOpenAtOnce = isRequired || areSecretsOpen;
  // What was there when the field came, to go back to.
  const [before] = useState(value);
  const [isTyping, setTyping] = useState(typeof value === 'string' || (value === undefined && isOpenAtOnce));
  const [wasPressed, setPressed] = useState(false);
  const hint = useHint({ schema, path, isRequired });
  const errorMessage = useProblem(path);
  const wasSet = isKeptSecret(before);
  const button = (word: string, name: string, onPress: () => void): ReactNode => (
    <Button size="small" aria-label={name} isDisabled={isDisabled} onPress={onPress}>
      {word}
    </Button>
  );
  const keep = () => {
    setTyping(false);
    onChange(before);
  };
  if (isTyping) {
    return (
      <div className={styles.secret}>
        <PasswordField
          label={wasSet ? messages.newSecret(label) : label}
          {...(isLabelHidden ? { isLabelHidden } : { description: hint })}
          isCode
          autoFocus={wasPressed}
          autoComplete="off"
          isRequired={isRequired}
          isDisabled={isDisabled}
          validationBehavior="aria"
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? before : text)}
          errorMessage={errorMessage}
        />
        {wasSet
          ? button(messages.keep, messages.keepSecret(label), keep)
          : isOpenAtOnce
            ? undefined
            : button(messages.remove, messages.removeSecret(label), keep)}
      </div>
    );
  }
  const isSet = isKeptSecret(value);
  const state = isSet ? messages.secretSet : wasSet ? messages.secretRemoved : messages.secretNotSet;
  return (
    <Group label={label} isLabelHidden={isLabelHidden} schema={schema} path={path} isRequired={isRequired}>
      <div className={styles.secretState}>
        <Badge tone={isSet ? 'ok' : wasSet ? 'danger' : 'neutral'}>{state}</Badge>
        {button(
          isSet ? messages.replace : messages.set,
          isSet ? messages.replaceSecret(label) : messages.setSecret(label),
          () => {
            setPressed(true);
            setTyping(true);
          },
        )}
        {isSet && !isRequired
          ? button(messages.remove, messages.removeSecret(label), () => onChange(undefined))
          : undefined}
        {!isSet && wasSet ? button(messages.keep, messages.keepSecret(label), keep) : undefined}
      </div>
    </Group>
  );
}
