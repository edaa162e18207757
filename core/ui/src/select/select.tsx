import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { joinClasses } from '../class-names.ts';
import { FieldLabel } from '../field/field-label.tsx';
import { FieldText } from '../field/field-text.tsx';
import { ChevronDownIcon } from '../icon/index.ts';
import { ListOption, type ListOptionItem } from '../list/list-option.tsx';
import list from '../list/list.module.css';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './select.module.css';

/** Props of `Select`. */
export interface SelectProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly ListOptionItem[];
  /** Id of the chosen option; `undefined` shows the placeholder. */
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
  readonly isDisabled?: boolean;
  readonly name?: string;
  readonly className?: string;
}

/** A choice of one among a few named things. For many things, or with search, use `Picker`. */
export function Select(props: SelectProps) {
  const {
    label,
    isLabelHidden,
    options,
    value,
    onChange,
    placeholder,
    description,
    errorMessage,
    isDisabled = false,
    name,
    className,
  } = props;
  const field = { ...(placeholder === undefined ? {} : { placeholder }), ...(name === undefined ? {} : { name }) };
  return (
    <AriaSelect
      {...field}
      value={value ?? null}
      onChange={(id) => onChange(String(id))}
      isDisabled={isDisabled}
      isInvalid={errorMessage !== undefined}
      className={joinClasses(styles.field, className)}
    >
      <FieldLabel isHidden={isLabelHidden}>{label}</FieldLabel>
      <Button className={joinClasses(styles.button)}>
        <SelectValue className={joinClasses(styles.value)}>
          {({ isPlaceholder, defaultChildren, selectedText }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDownIcon />
      </Button>
      <FieldText description={description} errorMessage={errorMessage} />
      <Popover {...usePluginMark()} offset={4} className={joinClasses(list.popover)}>
        <ListBox items={options} className={joinClasses(list.list)}>
          {(option) => <ListOption option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
