import type { ReactNode, RefObject } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Collection } from 'react-aria-components/Collection';
import { Dialog } from 'react-aria-components/Dialog';
import { Header, ListBox, ListBoxSection } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { joinClasses } from '../class-names.ts';
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

/** Props of `PickerPopover`. */
export interface PickerPopoverProps {
  readonly label: string;
  readonly searchPlaceholder: string;
  readonly groups: readonly PickerGroup[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
  readonly footer: ReactNode;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** The open list of a `Picker`, in its own chunk. */
export function PickerPopover({
  label,
  searchPlaceholder,
  groups,
  value,
  onChange,
  footer,
  trigger,
  onClose,
}: PickerPopoverProps) {
  const messages = useUiMessages();
  const { contains } = useFilter({ sensitivity: 'base' });
  const pick = (id: string) => {
    onChange(id);
    onClose();
  };
  return (
    <Popover
      {...usePluginMark()}
      isOpen
      onOpenChange={onClose}
      triggerRef={trigger}
      offset={4}
      placement="top start"
      className={joinClasses(list.popover, styles.popover)}
    >
      <Dialog aria-label={label} className={joinClasses(styles.dialog)}>
        <Autocomplete filter={contains}>
          <SearchInput label={searchPlaceholder} />
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
  );
}
