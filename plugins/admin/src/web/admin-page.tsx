import { adminPage } from '@parley/plugin-admin/contract';
import { useContributions, useHost } from '@parley/web';
import { NavLink } from '@parley/web/router';
import { type ReactNode, useEffect } from 'react';
import styles from './admin-page.module.css';
import { messages } from './messages.ts';

interface AdminPageProps {
  readonly title: string;
  /** Stands above the title: the way back. */
  readonly back?: ReactNode;
  /** Stands beside the title. */
  readonly beside?: ReactNode;
  /** Stands at the end of the title's line. */
  readonly actions?: ReactNode;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

const PLUGINS = { to: '/admin/plugins', title: messages.plugins };
const OTHERS = [
  { to: '/admin/inspector', title: messages.inspector },
  { to: '/admin/history', title: messages.history },
];

/** The frame of every page here: where one is, the title, and what can be done. */
export function AdminPage({ title, back, beside, actions, lead, children }: AdminPageProps) {
  const { config } = useHost();
  const added = useContributions(adminPage).map(({ id, title: name = id }) => ({ to: `/admin/${id}`, title: name }));
  useEffect(() => {
    document.title = `${title} · ${config.name}`;
  }, [title, config.name]);
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <span className={styles['place']}>{messages.administration}</span>
        <nav aria-label={messages.pages} className={styles['nav']}>
          {[PLUGINS, ...added, ...OTHERS].map(({ to, title: name }) => (
            <NavLink key={to} to={to} className={styles['link'] ?? ''}>
              {name}
            </NavLink>
          ))}
        </nav>
      </header>
      <div className={styles['content']}>
        <div className={styles['head']}>
          <div className={styles['heading']}>
            {back}
            <div className={styles['titleLine']}>
              <h1 className={styles['title']}>{title}</h1>
              {beside}
            </div>
            {lead === undefined ? undefined : <div className={styles['lead']}>{lead}</div>}
          </div>
          {actions === undefined ? undefined : <div className={styles['actions']}>{actions}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}
