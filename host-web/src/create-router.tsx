import type { ManifestContribution } from '@parley/contracts';
import { lazy, type ReactNode, Suspense, useLayoutEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { BrowserRouter, Navigate, type RouteObject, useLocation, useNavigate, useRoutes } from 'react-router';
import { ShellLayout } from './layout/shell-layout.tsx';
import { AuthPage } from './pages/auth-page.tsx';
import { NotFoundPage } from './pages/message-pages.tsx';
import { PageError } from './pages/page-error.tsx';
import { RoutePage } from './pages/route-page.tsx';
import { RequireSession } from './session/require-session.tsx';

const WelcomePage = lazy(() => import('./pages/welcome-page.tsx').then((page) => ({ default: page.WelcomePage })));
const SettingsPage = lazy(() => import('./pages/settings-page.tsx').then((page) => ({ default: page.SettingsPage })));

/** The settings page that is the shell's own. */
const APPEARANCE = 'appearance';

type Go = (to: string, options?: { readonly replace?: boolean }) => void;

/** What stands at which address, and the way to another one from outside of the page's components. */
export interface PageRouter {
  readonly routes: RouteObject[];
  readonly navigate: Go;
  /** Connects `navigate` to the page that is drawn; gives what disconnects it. */
  readonly connect: (go: Go) => () => void;
}

/** The routes: the shell's own pages, and one for each `route` contribution; the more specific path wins. */
export function createRouter(contributions: readonly ManifestContribution[]): PageRouter {
  const pages: RouteObject[] = contributions.flatMap((contribution) =>
    contribution.key === undefined
      ? []
      : [{ path: contribution.key, element: <RoutePage contribution={contribution} /> }],
  );
  let connected: Go | undefined;
  return {
    routes: [
      { path: '/login', element: <AuthPage mode="sign-in" /> },
      { path: '/register', element: <AuthPage mode="sign-up" /> },
      {
        element: (
          <RequireSession>
            <ShellLayout />
          </RequireSession>
        ),
        children: [
          { path: '/welcome', element: later(<WelcomePage />) },
          { path: '/settings', element: <Navigate to={`/settings/${APPEARANCE}`} replace /> },
          { path: '/settings/:page', element: later(<SettingsPage />) },
          ...pages,
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
    navigate: (to, options) => connected?.(to, options),
    connect(go) {
      connected = go;
      return () => {
        connected = undefined;
      };
    },
  };
}

const later = (page: ReactNode) => <Suspense>{page}</Suspense>;

/** The page at the address of the window. */
export const Pages = ({ router }: { readonly router: PageRouter }) => (
  <BrowserRouter>
    <Page router={router} />
  </BrowserRouter>
);

function Page({ router }: { readonly router: PageRouter }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const page = useRoutes(router.routes);
  useLayoutEffect(() => router.connect((to, options) => void navigate(to, options)), [router, navigate]);
  return (
    <ErrorBoundary FallbackComponent={PageError} resetKeys={[pathname]}>
      {page}
    </ErrorBoundary>
  );
}
