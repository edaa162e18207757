import { type ReactNode, useState } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Header, ListBox, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Collection } from 'react-aria-components/Collection';
import { Button } from '../button/button.tsx';
import { joinClasses } from '../class-names.ts';
import { ChevronDownIcon } from '../icon/icon.ts';
import list from '../list/list.module.css';
import { ListOption, type ListOptionItem } from '../list/list-option.tsx';
import { useUiMessages } from '../provider/messages.ts';
import { usePluginMark } from '../provider/plugin-scope.tsx';
import styles from './picker.module.css';
import { SearchInput } from './search-input.tsx';

/** Options under one heading. */
export interface PickerGroup {
  readonly id: string;
  readonly title: string;
  readonly options: readonly ListOptionItem[];
}

/** Props of `Picker`. */
export interface PickerProps {
  /** What is picked: names the button and the list. */
  readonly label: string;
  readonly groups: readonly PickerGroup[];
  /** Id of the picked option. */
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  /** Stands on the button while nothing is picked. */
  readonly placeholder: string;
  readonly searchPlaceholder?: string;
  /** Given, the caller decides, for a shortcut that opens it. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly isDisabled?: boolean;
  /** Stands under the list: a way to add what is missing. */
  readonly footer?: ReactNode;
  readonly className?: string;
}

/** A button that opens a grouped list with search, as the model picker needs it. Arrow keys move while the search has the focus. */
export function Picker(props: PickerProps) {
  const {
    label,
    groups,
    value,
    onChange,
    placeholder,
    isOpen,
    onOpenChange,
    isDisabled = false,
    footer,
    className,
  } = props;
  const messages = useUiMessages();
  const mark = usePluginMark();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [isOpenHere, setOpenHere] = useState(false);
  const setOpen = (next: boolean) => {
    setOpenHere(next);
    onOpenChange?.(next);
  };
  const pick = (id: string) => {
    onChange(id);
    setOpen(false);
  };
  const picked = groups.flatMap((group) => group.options).find((option) => option.id === value);
  return (
    <DialogTrigger isOpen={isOpen ?? isOpenHere} onOpenChange={setOpen}>
      <Button
        size="small"
        isDisabled={isDisabled}
        aria-label={`${label}: ${picked?.label ?? placeholder}`}
        className={joinClasses(styles.button, className)}
      >
        <span className={styles.value}>
          {picked?.label ?? placeholder}
          <ChevronDownIcon />
        </span>
      </Button>
      <Popover {...mark} offset={4} placement="top start" className={joinClasses(list.popover, styles.popover)}>
        <Dialog aria-label={label} className={joinClasses(styles.dialog)}>
          <Autocomplete filter={contains}>
            <SearchInput label={props.searchPlaceholder ?? label} />
            <ListBox
              aria-label={label}
              items={groups}
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={value === undefined ? [] : [value]}
              onSelectionChange={(keys) => {
                for (const key of keys) pick(String(key));
              }}
              renderEmptyState={() => <p className={styles.nothing}>{messages.nothingFound}</p>}
              className={joinClasses(list.list)}
            >
              {(group) => (
                <ListBoxSection className={joinClasses(styles.group)}>
                  <Header className={joinClasses(styles.title)}>{group.title}</Header>
                  <Collection items={group.options}>{(option) => <ListOption option={option} />}</Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          {footer === undefined ? undefined : <div className={styles.footer}>{footer}</div>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
