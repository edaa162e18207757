import { KeyboardIcon, LogOutIcon, PathIcon, SettingsIcon } from '@parley/ui/icon';
import { MenuButton, type MenuButtonSection } from '@parley/ui/menu-button';
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
  const sections: readonly MenuButtonSection[] = [
    {
      id: 'account',
      label: messages.account,
      actions: [
        ...items.map(({ pluginId, id, key = '/', title = id, icon }) => ({
          id: `${pluginId}/${id}`,
          label: title,
          icon: icon === undefined ? undefined : <PathIcon d={icon} />,
          onAction: () => navigate(key),
        })),
        {
          id: 'settings',
          label: messages.settings,
          icon: <SettingsIcon />,
          keys: shortcuts.settings,
          onAction: () => navigate('/settings'),
        },
        {
          id: 'shortcuts',
          label: messages.shortcuts,
          icon: <KeyboardIcon />,
          keys: shortcuts.help,
          onAction: () => setHelpOpen(true),
        },
      ],
    },
    {
      id: 'sign-out',
      label: messages.signOut,
      actions: [{ id: 'sign-out', label: messages.signOut, icon: <LogOutIcon />, onAction: () => void signOut() }],
    },
  ];
  return (
    <MenuButton
      label={messages.account}
      isNamedByContent
      variant="quiet"
      size="large"
      placement="top start"
      header={<bdi>{user.email}</bdi>}
      sections={sections}
      className={styles['button'] ?? ''}
    >
      <VisuallyHidden>{`${messages.account}: `}</VisuallyHidden>
      <span className={styles['person']}>
        <span aria-hidden="true" className={styles['initial']}>
          {initialOf(user.name)}
        </span>
        <bdi className={styles['name']}>{user.name}</bdi>
      </span>
    </MenuButton>
  );
}

/** The first letter as people read it, whatever the script. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '?';
}
