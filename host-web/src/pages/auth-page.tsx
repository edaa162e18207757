import { BrandMark } from '@parley/ui/brand-mark';
import { EmptyState } from '@parley/ui/empty-state';
import { Skeleton } from '@parley/ui/skeleton';
import { authMethod, Slot, useHost, useSession } from '@parley/web';
import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { messages } from '../messages.ts';
import { safeReturnTo } from '../session/return-to.ts';
import styles from './auth-page.module.css';
import { usePageTitle } from './use-page-title.ts';

/** The card that people sign in or up in; the ways to do it come from plugins. */
export function AuthPage({ mode }: { readonly mode: 'sign-in' | 'sign-up' }) {
  const { config } = useHost();
  const { status } = useSession();
  const [query] = useSearchParams();
  const { search } = useLocation();
  const returnTo = safeReturnTo(query.get('returnTo'));
  const isSignIn = mode === 'sign-in';
  const title = isSignIn ? messages.signInTitle(config.name) : messages.signUpTitle(config.name);
  usePageTitle(title);
  if (status === 'signed-in') return <Navigate to={!isSignIn && returnTo === '/' ? '/welcome' : returnTo} replace />;
  return (
    <main id="content" tabIndex={-1} className={styles['page']}>
      <div className={styles['card']}>
        <header className={styles['header']}>
          <BrandMark sizePx={32} />
          <h1 className={styles['title']}>{title}</h1>
        </header>
        {status === 'loading' ? (
          <Skeleton shape="row" lines={3} />
        ) : (
          <div className={styles['methods']}>
            <Slot
              of={authMethod}
              props={{ mode, returnTo }}
              loading={<Skeleton shape="row" lines={3} />}
              fallback={<EmptyState>{messages.noMethod}</EmptyState>}
            />
          </div>
        )}
        <p className={styles['other']}>
          {isSignIn ? messages.noAccount : messages.haveAccount}{' '}
          <Link to={{ pathname: isSignIn ? '/register' : '/login', search }}>
            {isSignIn ? messages.signUpInstead : messages.signInInstead}
          </Link>
        </p>
      </div>
    </main>
  );
}
