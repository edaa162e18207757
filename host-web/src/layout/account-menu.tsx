import { Button } from '@parley/ui/button';
import { KeyboardIcon, LogOutIcon, PathIcon, SettingsIcon } from '@parley/ui/icon';
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@parley/ui/menu';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { accountMenuItem, useContributions, useHost, useSession } from '@parley/web';
import { useSetAtom } from 'jotai';
import { messages } from '../messages.ts';
import { shortcuts } from '../shortcuts/shortcuts.ts';
import styles from './account-menu.module.css';

/** Who is signed in, and what they may do with their account. */
export function AccountMenu() {
  const { navigate, session, atom, toast } = useHost();
  const signOut = () =>
    session
      .signOut()
      .catch((error: Error) => toast({ title: messages.signOutFailed, description: error.message, tone: 'danger' }));
  const setHelpOpen = useSetAtom(atom('help-open', false));
  const { user } = useSession();
  const items = useContributions(accountMenuItem);
  if (!user) return undefined;
  return (
    <MenuTrigger>
      <Button variant="quiet" size="large" className={styles['button'] ?? ''}>
        <VisuallyHidden>{`${messages.account}: `}</VisuallyHidden>
        <span className={styles['person']}>
          <span aria-hidden="true" className={styles['initial']}>
            {initialOf(user.name)}
          </span>
          <bdi className={styles['name']}>{user.name}</bdi>
        </span>
      </Button>
      <Menu placement="top start" header={<bdi>{user.email}</bdi>}>
        <MenuSection aria-label={messages.account}>
          {items.map((item) => (
            <MenuItem
              key={`${item.pluginId}/${item.id}`}
              icon={item.icon === undefined ? undefined : <PathIcon d={item.icon} />}
              onAction={() => navigate(item.key ?? '/')}
            >
              {item.title ?? item.id}
            </MenuItem>
          ))}
          <MenuItem icon={<SettingsIcon />} keys={shortcuts.settings} onAction={() => navigate('/settings')}>
            {messages.settings}
          </MenuItem>
          <MenuItem icon={<KeyboardIcon />} keys={shortcuts.help} onAction={() => setHelpOpen(true)}>
            {messages.shortcuts}
          </MenuItem>
        </MenuSection>
        <MenuSection aria-label={messages.signOut}>
          <MenuItem icon={<LogOutIcon />} onAction={() => void signOut()}>
            {messages.signOut}
          </MenuItem>
        </MenuSection>
      </Menu>
    </MenuTrigger>
  );
}

/** The first letter as people read it, whatever the script. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '?';
}
