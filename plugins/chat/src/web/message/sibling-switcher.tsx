import { IconButton } from '@parley/ui/button';
import { ChevronLeftIcon, ChevronRightIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import type { SiblingPlace } from '../state/message-tree.ts';
import styles from './sibling-switcher.module.css';

interface SiblingSwitcherProps {
  readonly place: SiblingPlace;
  readonly onShow: (messageId: string) => void;
}

/** Steps through the versions of a message. */
export function SiblingSwitcher({ place, onShow }: SiblingSwitcherProps) {
  const { ids, index } = place;
  if (ids.length < 2) return undefined;
  const step = (offset: number) => {
    const id = ids[index + offset];
    if (id !== undefined) onShow(id);
  };
  return (
    <span role="group" aria-label={messages.version(index + 1, ids.length)} className={styles.switcher}>
      <IconButton
        size="small"
        label={messages.previousVersion}
        isDisabled={index === 0}
        data-action="previous"
        onPress={() => step(-1)}
      >
        <ChevronLeftIcon />
      </IconButton>
      <span aria-hidden="true" className={styles.count}>
        {index + 1} / {ids.length}
      </span>
      <IconButton
        size="small"
        label={messages.nextVersion}
        isDisabled={index === ids.length - 1}
        data-action="next"
        onPress={() => step(1)}
      >
        <ChevronRightIcon />
      </IconButton>
    </span>
  );
}
