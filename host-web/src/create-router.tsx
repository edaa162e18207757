import type { ManifestContribution } from '@parley/contracts';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { ShellLayout } from './layout/shell-layout.tsx';
import { ShellSkeleton } from './layout/shell-skeleton.tsx';
import { AuthPage } from './pages/auth-page.tsx';
import { NotFoundPage } from './pages/message-pages.tsx';
import { PageError } from './pages/page-error.tsx';
import { RoutePage } from './pages/route-page.tsx';
import { RequireSession } from './session/require-session.tsx';

/** The settings page that is the shell's own. */
const APPEARANCE = 'appearance';

/** The routes: the shell's own pages, and one for each `route` contribution; the more specific path wins. */
export function createRouter(contributions: readonly ManifestContribution[]) {
  const pages: RouteObject[] = contributions.flatMap((contribution) =>
    contribution.key === undefined
      ? []
      : [{ path: contribution.key, element: <RoutePage contribution={contribution} />, errorElement: <PageError /> }],
  );
  return createBrowserRouter([
    { path: '/login', element: <AuthPage mode="sign-in" />, errorElement: <PageError /> },
    { path: '/register', element: <AuthPage mode="sign-up" />, errorElement: <PageError /> },
    {
      element: (
        <RequireSession>
          <ShellLayout />
        </RequireSession>
      ),
      errorElement: <PageError />,
      hydrateFallbackElement: <ShellSkeleton />,
      children: [
        {
          path: '/welcome',
          lazy: () => import('./pages/welcome-page.tsx').then((m) => ({ Component: m.WelcomePage })),
        },
        { path: '/settings', element: <Navigate to={`/settings/${APPEARANCE}`} replace /> },
        {
          path: '/settings/:page',
          lazy: () => import('./pages/settings-page.tsx').then((m) => ({ Component: m.SettingsPage })),
        },
        ...pages,
        { path: '*', element: <NotFoundPage /> },
      ],
    },
  ]);
}
