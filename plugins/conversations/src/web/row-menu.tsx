import type { Conversation } from '@parley/contracts';
import {
  ArchiveIcon,
  ArchiveRestoreIcon,
  EllipsisIcon,
  PencilIcon,
  PinIcon,
  PinOffIcon,
  Trash2Icon,
} from '@parley/ui/icon';
import { MenuButton, type MenuButtonAction } from '@parley/ui/menu-button';
import type { RowActions } from './row-actions.ts';
import { messages } from './messages.ts';
import styles from './row-menu.module.css';

interface RowMenuProps {
  readonly conversation: Conversation;
  readonly actions: RowActions;
  readonly onRename: () => void;
}

/** What can be done with one conversation. */
export function RowMenu(props: RowMenuProps) {
  const label = messages.menu(props.conversation.title || messages.untitled);
  return (
    <span className={styles.place}>
      <MenuButton size="small" label={label} sections={[{ id: 'actions', label, actions: actionsOf(props) }]}>
        <EllipsisIcon />
      </MenuButton>
    </span>
  );
}

function actionsOf({ conversation, actions, onRename }: RowMenuProps): readonly MenuButtonAction[] {
  const { pinned, archived } = conversation;
  return [
    { id: 'rename', label: messages.rename, icon: <PencilIcon />, keys: 'F2', onAction: onRename },
    {
      id: 'pin',
      label: pinned ? messages.unpin : messages.pin,
      icon: pinned ? <PinOffIcon /> : <PinIcon />,
      keys: 'P',
      onAction: () => actions.change(conversation, { pinned: !pinned }),
    },
    {
      id: 'archive',
      label: archived ? messages.restore : messages.archive,
      icon: archived ? <ArchiveRestoreIcon /> : <ArchiveIcon />,
      keys: 'A',
      onAction: () => actions.change(conversation, { archived: !archived }),
    },
    {
      id: 'remove',
      label: messages.remove,
      icon: <Trash2Icon />,
      keys: 'Delete',
      isDanger: true,
      onAction: () => actions.remove(conversation),
    },
  ];
}
