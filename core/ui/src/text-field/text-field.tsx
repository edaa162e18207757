import type { ReactNode, Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { joinClasses } from '../class-names.ts';
import { FieldLabel } from '../field/field-label.tsx';
import { FieldText } from '../field/field-text.tsx';
import styles from './text-field.module.css';

/** Props of `TextField`. */
export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'render'> {
  /** The name of the field; always there for assistive technology. */
  readonly label: string;
  /** Keeps the label out of sight, for search boxes and the like. */
  readonly isLabelHidden?: boolean;
  /** A hint under the field. */
  readonly description?: ReactNode;
  /** What is wrong and what to do; given, the field is invalid. */
  readonly errorMessage?: string | undefined;
  readonly placeholder?: string;
  /** Lines of a field for longer text; one line without it. */
  readonly rows?: number;
  /** Text in the code face, always left to right: keys, addresses, ids. */
  readonly isCode?: boolean;
  /** Stands inside, before the text. */
  readonly icon?: ReactNode;
  /** Stands inside, after the text: a button, a unit. */
  readonly end?: ReactNode;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** A labelled text input with hint and error, linked to it for assistive technology. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    isLabelHidden,
    description,
    errorMessage,
    placeholder,
    rows,
    isCode,
    icon,
    end,
    className,
    inputRef,
    ...rest
  } = props;
  const isInvalid = rest.isInvalid ?? errorMessage !== undefined;
  const shared = {
    className: joinClasses(styles.input, isCode && styles.code),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(inputRef === undefined ? {} : { ref: inputRef }),
    ...(isCode ? { dir: 'ltr', spellCheck: 'false' as const, autoCapitalize: 'none' } : {}),
  };
  return (
    <AriaTextField {...rest} isInvalid={isInvalid} className={joinClasses(styles.field, className)}>
      <FieldLabel isHidden={isLabelHidden}>{label}</FieldLabel>
      <div className={joinClasses(styles.box, rows !== undefined && styles.tall)}>
        {icon}
        {rows === undefined ? <Input {...shared} /> : <TextArea {...shared} rows={rows} />}
        {end}
      </div>
      <FieldText description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}
