import { BrandMark } from '@parley/ui/brand-mark';
import { buttonClass } from '@parley/ui/button';
import { useHost } from '@parley/web';
import { Link } from 'react-router';
import { messages } from '../messages.ts';
import styles from './auth-page.module.css';
import { usePageTitle } from './use-page-title.ts';

/** The last page of who has deleted the account; it needs no session and knows nobody. */
export function FarewellPage() {
  const { config } = useHost();
  usePageTitle(messages.farewellTitle);
  return (
    <main id="content" tabIndex={-1} className={styles['page']}>
      <div className={styles['card']}>
        <header className={styles['header']}>
          <BrandMark sizePx={32} />
          <h1 className={styles['title']}>{messages.farewellTitle}</h1>
        </header>
        <p>{messages.farewellText(config.name)}</p>
        <p>
          <Link to="/login" className={buttonClass()}>
            {messages.farewellOn}
          </Link>
        </p>
      </div>
    </main>
  );
}
