import { PathIcon, SlidersHorizontalIcon } from '@parley/ui/icon';
import { Skeleton } from '@parley/ui/skeleton';
import { settingsPage, Slot, useContributions } from '@parley/web';
import type { ReactNode } from 'react';
import { NavLink, useParams } from 'react-router';
import { messages } from '../messages.ts';
import { AppearanceSettings } from './appearance-settings.tsx';
import { NotFoundPage } from './message-pages.tsx';
import { BrokenPage } from './route-page.tsx';
import styles from './settings-page.module.css';
import { usePageTitle } from './use-page-title.ts';

const APPEARANCE = 'appearance';

/** The settings: the shell's page and those of plugins, one address each. */
export function SettingsPage() {
  const { page = APPEARANCE } = useParams();
  const pages = useContributions(settingsPage);
  const shown = pages.find(({ id }) => id === page);
  const title = page === APPEARANCE ? messages.appearance : (shown?.title ?? page);
  usePageTitle(title);
  if (page !== APPEARANCE && !shown) return <NotFoundPage />;
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1>{messages.settings}</h1>
      </header>
      <div className={styles['columns']}>
        <nav aria-label={messages.settingsPages}>
          <ul role="list" className={styles['list']}>
            <PageLink id={APPEARANCE} icon={<SlidersHorizontalIcon />} title={messages.appearance} />
            {pages.map(({ pluginId, id, icon, title }) => (
              <PageLink
                key={`${pluginId}/${id}`}
                id={id}
                icon={icon === undefined ? undefined : <PathIcon d={icon} />}
                title={title ?? id}
              />
            ))}
          </ul>
        </nav>
        <section className={styles['content']} aria-labelledby="settings-title">
          <h2 id="settings-title" className={styles['title']}>
            {title}
          </h2>
          {page === APPEARANCE ? (
            <AppearanceSettings />
          ) : (
            <Slot
              of={settingsPage}
              props={{}}
              select={({ id }) => id === page}
              loading={<Skeleton shape="row" lines={4} />}
              broken={BrokenPage}
            />
          )}
        </section>
      </div>
    </div>
  );
}

interface PageLinkProps {
  readonly id: string;
  readonly icon?: ReactNode;
  readonly title: string;
}

const PageLink = ({ id, icon, title }: PageLinkProps) => (
  <li>
    <NavLink to={`/settings/${id}`} className={styles['link'] ?? ''}>
      {icon}
      {title}
    </NavLink>
  </li>
);
