import { Button } from '@parley/ui/button';
import { ConfirmDialog, Dialog, DialogTrigger, Sheet } from '@parley/ui/dialog';
import { ArchiveIcon, EllipsisIcon, PencilIcon, PinIcon, Trash2Icon } from '@parley/ui/icon';
import { Menu, MenuItem, MenuTrigger } from '@parley/ui/menu';
import { MenuButton } from '@parley/ui/menu-button';
import { Popover, PopoverTrigger } from '@parley/ui/popover';
import { TextField } from '@parley/ui/text-field';
import { createToasts, ToastRegion } from '@parley/ui/toast';
import styles from './gallery.module.css';

const toasts = createToasts();
const onAction = () => undefined;
const conversationActions = [
  {
    id: 'change',
    label: 'Change',
    actions: [
      { id: 'rename', label: 'Rename', icon: <PencilIcon />, keys: 'F2', onAction },
      { id: 'pin', label: 'Pin', icon: <PinIcon />, keys: 'P', onAction },
      { id: 'archive', label: 'Archive', icon: <ArchiveIcon />, isDisabled: true, onAction },
    ],
  },
  {
    id: 'remove',
    label: 'Remove',
    actions: [
      {
        id: 'delete',
        label: 'Delete',
        icon: <Trash2Icon />,
        isDanger: true,
        description: 'Its notes go too',
        onAction,
      },
    ],
  },
];

/** What opens above the page. */
export function OverlaySection() {
  return (
    <div className={styles.row}>
      <MenuButton label="Conversation menu" variant="secondary" placement="bottom start" sections={conversationActions}>
        <EllipsisIcon />
      </MenuButton>
      <MenuTrigger>
        <Button>Theme</Button>
        <Menu aria-label="Theme" selectionMode="single" defaultSelectedKeys={['dark']}>
          <MenuItem id="system">System</MenuItem>
          <MenuItem id="light">Light</MenuItem>
          <MenuItem id="dark">Dark</MenuItem>
        </Menu>
      </MenuTrigger>
      <PopoverTrigger>
        <Button>Popover</Button>
        <Popover label="Usage">2 140 tokens in, 380 out.</Popover>
      </PopoverTrigger>
      <DialogTrigger>
        <Button>Dialog</Button>
        <Dialog
          title="Rename conversation"
          footer={
            <>
              <Button slot="close">Cancel</Button>
              <Button slot="close" variant="primary">
                Rename
              </Button>
            </>
          }
        >
          <TextField label="Name" autoFocus defaultValue="Migrate billing cron" />
        </Dialog>
      </DialogTrigger>
      <DialogTrigger>
        <Button>Sheet</Button>
        <Sheet title="Notes">A panel at the end of the line.</Sheet>
      </DialogTrigger>
      <DialogTrigger>
        <Button>Bottom sheet</Button>
        <Sheet title="Models" side="bottom">
          A panel at the bottom.
        </Sheet>
      </DialogTrigger>
      <DialogTrigger>
        <Button>Delete</Button>
        <ConfirmDialog title="Delete this conversation?" confirmLabel="Delete" onConfirm={() => undefined}>
          Its 14 messages and its notes are deleted for good.
        </ConfirmDialog>
      </DialogTrigger>
      <Button
        onPress={() => {
          toasts.show({
            title: 'Conversation archived',
            tone: 'ok',
            action: { label: 'Undo', onAction: () => undefined },
          });
          toasts.show({ title: 'Could not rename', description: 'The server did not answer.', tone: 'danger' });
          toasts.show({ title: 'A tool asks for your approval', tone: 'signal' }, { timeoutMs: 0 });
        }}
      >
        Toasts
      </Button>
      <ToastRegion toasts={toasts} />
    </div>
  );
}
