import type { Conversation } from '@parley/contracts';
import { IconButton } from '@parley/ui/button';
import {
  ArchiveIcon,
  ArchiveRestoreIcon,
  EllipsisIcon,
  PencilIcon,
  PinIcon,
  PinOffIcon,
  Trash2Icon,
} from '@parley/ui/icon';
import { Menu, MenuItem, MenuTrigger } from '@parley/ui/menu';
import type { RowActions } from './row-actions.ts';
import { messages } from './messages.ts';
import styles from './row-menu.module.css';

interface RowMenuProps {
  readonly conversation: Conversation;
  readonly actions: RowActions;
  readonly onRename: () => void;
}

/** What can be done with one conversation. */
export function RowMenu({ conversation, actions, onRename }: RowMenuProps) {
  const { pinned, archived, title } = conversation;
  return (
    <span className={styles.place}>
      <MenuTrigger>
        <IconButton size="small" label={messages.menu(title || messages.untitled)}>
          <EllipsisIcon />
        </IconButton>
        <Menu placement="bottom end">
          <MenuItem icon={<PencilIcon />} keys="F2" onAction={onRename}>
            {messages.rename}
          </MenuItem>
          <MenuItem
            icon={pinned ? <PinOffIcon /> : <PinIcon />}
            keys="P"
            onAction={() => actions.change(conversation, { pinned: !pinned })}
          >
            {pinned ? messages.unpin : messages.pin}
          </MenuItem>
          <MenuItem
            icon={archived ? <ArchiveRestoreIcon /> : <ArchiveIcon />}
            keys="A"
            onAction={() => actions.change(conversation, { archived: !archived })}
          >
            {archived ? messages.restore : messages.archive}
          </MenuItem>
          <MenuItem icon={<Trash2Icon />} keys="Delete" isDanger onAction={() => actions.remove(conversation)}>
            {messages.remove}
          </MenuItem>
        </Menu>
      </MenuTrigger>
    </span>
  );
}
