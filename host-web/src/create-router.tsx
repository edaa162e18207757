import type { ManifestContribution } from '@parley/contracts';
import { route } from '@parley/web';
import { useWebPlugins } from '@parley/web/host';
import { lazy, type ReactNode, Suspense, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { BrowserRouter, Navigate, type RouteObject, useLocation, useNavigate, useRoutes } from 'react-router';
import { ShellLayout } from './layout/shell-layout.tsx';
import { AuthPage } from './pages/auth-page.tsx';
import { NotFoundPage } from './pages/message-pages.tsx';
import { PageError } from './pages/page-error.tsx';
import { RoutePage } from './pages/route-page.tsx';
import { RequireSession } from './session/require-session.tsx';

const WelcomePage = lazy(() => import('./pages/welcome-page.tsx').then((page) => ({ default: page.WelcomePage })));
const FarewellPage = lazy(() => import('./pages/farewell-page.tsx').then((page) => ({ default: page.FarewellPage })));
const SettingsPage = lazy(() => import('./pages/settings-page.tsx').then((page) => ({ default: page.SettingsPage })));

/** The settings page that is the shell's own. */
const APPEARANCE = 'appearance';

type Go = (to: string, options?: { readonly replace?: boolean }) => void;

/** The way to another address from outside of the page's components. */
export interface PageRouter {
  readonly navigate: Go;
  /** Connects `navigate` to the page that is drawn; gives what disconnects it. */
  readonly connect: (go: Go) => () => void;
}

/** A router that is not connected yet. */
export function createRouter(): PageRouter {
  let connected: Go | undefined;
  return {
    navigate: (to, options) => connected?.(to, options),
    connect(go) {
      connected = go;
      return () => {
        connected = undefined;
      };
    },
  };
}

/** The routes: the shell's own pages, and one for each `route` contribution; the more specific path wins. */
function routesOf(contributions: readonly ManifestContribution[]): RouteObject[] {
  const pages: RouteObject[] = contributions.flatMap((contribution) =>
    contribution.key === undefined
      ? []
      : [{ path: contribution.key, element: <RoutePage contribution={contribution} /> }],
  );
  return [
    { path: '/login', element: <AuthPage mode="sign-in" /> },
    { path: '/register', element: <AuthPage mode="sign-up" /> },
    { path: '/farewell', element: later(<FarewellPage />) },
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
  ];
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
  const plugins = useWebPlugins();
  const contributions = useSyncExternalStore(plugins.subscribe, () => plugins.contributions(route.id));
  const routes = useMemo(() => routesOf(contributions), [contributions]);
  const page = useRoutes(routes);
  useLayoutEffect(() => router.connect((to, options) => void navigate(to, options)), [router, navigate]);
  return (
    <ErrorBoundary FallbackComponent={PageError} resetKeys={[pathname]}>
      {page}
    </ErrorBoundary>
  );
}
