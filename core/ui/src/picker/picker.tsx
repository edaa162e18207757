import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Button } from '../button/button.tsx';
import { joinClasses } from '../class-names.ts';
import { ChevronDownIcon } from '../icon/index.ts';
import styles from './picker.module.css';
import type { PickerGroup } from './picker-popover.tsx';

const loadPopover = () => import('./picker-popover.tsx');
const PickerPopover = lazy(async () => ({ default: (await loadPopover()).PickerPopover }));

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

/**
 * A button that opens a grouped list with search, as the model picker needs it.
 * Arrow keys move while the search has the focus. The list's code comes with the first pointer or focus.
 */
export function Picker(props: PickerProps) {
  const { label, groups, value, onChange, placeholder, onOpenChange, isDisabled = false, footer, className } = props;
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpenHere, setOpenHere] = useState(false);
  const isOpen = props.isOpen ?? isOpenHere;
  const setOpen = (next: boolean) => {
    setOpenHere(next);
    onOpenChange?.(next);
  };
  const prefetch = () => void loadPopover();
  const picked = groups.flatMap((group) => group.options).find((option) => option.id === value);
  return (
    <>
      <Button
        ref={trigger}
        size="small"
        isDisabled={isDisabled}
        aria-label={`${label}: ${picked?.label ?? placeholder}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onHoverStart={prefetch}
        onFocus={prefetch}
        onPress={() => setOpen(!isOpen)}
        className={joinClasses(styles.button, className)}
      >
        <span className={styles.value}>
          {picked?.label ?? placeholder}
          <ChevronDownIcon />
        </span>
      </Button>
      {isOpen ? (
        <Suspense>
          <PickerPopover
            label={label}
            searchPlaceholder={props.searchPlaceholder ?? label}
            groups={groups}
            value={value}
            onChange={onChange}
            footer={footer}
            trigger={trigger}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : undefined}
    </>
  );
}
