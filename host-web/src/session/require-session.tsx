import { useSession } from '@parley/web';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { loginPath } from './return-to.ts';

/** Shows what is inside to signed-in people; others go to the login page and come back. */
export function RequireSession({ children }: { readonly children: ReactNode }) {
  const { status, isExpired } = useSession();
  const { pathname, search } = useLocation();
  if (status === 'signed-out' && !isExpired) return <Navigate to={loginPath(pathname, search)} replace />;
  return children;
}
