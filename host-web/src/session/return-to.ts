/** A path of this origin to go on to after the sign-in; the start page where the given one is anything else. */
export function safeReturnTo(value: string | null): string {
  if (!value?.startsWith('/') || /^\/[/\\]/.test(value)) return '/';
  const url = URL.parse(value, location.origin);
  return url?.origin === location.origin ? url.pathname + url.search + url.hash : '/';
}

/** The address of the login page that leads back here. */
export const loginPath = (pathname: string, search: string): string =>
  pathname === '/' && search === '' ? '/login' : `/login?returnTo=${encodeURIComponent(pathname + search)}`;
