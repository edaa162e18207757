import { useHost } from '@parley/web';
import { Link, useSearchParams } from '@parley/web/router';
import { useEffect } from 'react';
import styles from './conversations-page.module.css';
import { messages } from './messages.ts';
import { PageList } from './page-list.tsx';

/** Every conversation on one page, the archived ones apart. */
export function ConversationsPage() {
  const host = useHost();
  const [search] = useSearchParams();
  const isArchive = search.has('archived');
  useEffect(() => {
    document.title = `${messages.page} · ${host.config.name}`;
  }, [host]);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{messages.page}</h1>
      <nav className={styles.tabs} aria-label={messages.page}>
        <Link to="/chats" className={styles.tab ?? ''} aria-current={isArchive ? undefined : 'page'}>
          {messages.current}
        </Link>
        <Link to="/chats?archived" className={styles.tab ?? ''} aria-current={isArchive ? 'page' : undefined}>
          {messages.archivedTab}
        </Link>
      </nav>
      <PageList key={String(isArchive)} isArchive={isArchive} />
    </div>
  );
}
