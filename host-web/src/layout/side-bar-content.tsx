import { PathIcon, PlusIcon } from '@parley/ui/icon';
import { Kbd } from '@parley/ui/kbd';
import { navItem, sidebarFooterItem, sidebarSection, Slot, useContributions } from '@parley/web';
import { Link, NavLink } from 'react-router';
import { messages } from '../messages.ts';
import { shortcuts } from '../shortcuts/shortcuts.ts';
import { AccountMenu } from './account-menu.tsx';
import styles from './side-bar.module.css';

/** What the side bar holds: new chat, links, the sections of plugins, the account. */
export function SideBarContent() {
  const items = useContributions(navItem);
  return (
    <nav aria-label={messages.sideBar} className={styles['content']}>
      <Link to="/" className={styles['new']}>
        <PlusIcon />
        <span>{messages.newChat}</span>
        <Kbd keys={shortcuts.newChat} />
      </Link>
      {items.length === 0 ? undefined : (
        <ul role="list" className={styles['links']}>
          {items.map((item) => (
            <li key={`${item.pluginId}/${item.id}`}>
              <NavLink to={item.key ?? '/'} className={styles['link'] ?? ''}>
                {item.icon === undefined ? undefined : <PathIcon d={item.icon} />}
                {item.title ?? item.id}
              </NavLink>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['sections']}>
        <Slot of={sidebarSection} props={{}} />
      </div>
      <div className={styles['footer']}>
        <AccountMenu />
        <Slot of={sidebarFooterItem} props={{}} />
      </div>
    </nav>
  );
}
