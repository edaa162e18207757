import { UiProvider } from '@parley/ui/provider';
import { HostProvider, type HostRuntime } from '@parley/web/host';
import { Suspense, use } from 'react';
import { AppearanceEffect, useAppearance } from './appearance/use-appearance.ts';
import { SessionWatch } from './session/session-watch.tsx';
import type { Notices } from './boot/notices.ts';
import { type PageRouter, Pages } from './create-router.tsx';

interface AppProps {
  readonly runtime: HostRuntime;
  readonly router: PageRouter;
  readonly notices: Notices;
  readonly onGap: () => void;
}

/** The page. */
export const App = ({ runtime, router, notices, onGap }: AppProps) => (
  <HostProvider runtime={runtime}>
    <Kit router={router} />
    <AppearanceEffect />
    <SessionWatch runtime={runtime} onGap={onGap} />
    <Suspense>
      <NoticeRegion notices={notices} />
    </Suspense>
  </HostProvider>
);

/** The notices, once there are any or the page has time to fetch what draws them. */
function NoticeRegion({ notices }: Pick<AppProps, 'notices'>) {
  const { Region } = use(notices.drawn);
  return <Region />;
}

/** The kit takes its direction from a locale; any right-to-left one turns it without changing its digits or words. */
const RIGHT_TO_LEFT_LOCALE = 'he';

function Kit({ router }: Pick<AppProps, 'router'>) {
  const [{ direction }] = useAppearance();
  return (
    <UiProvider locale={direction === 'rtl' ? RIGHT_TO_LEFT_LOCALE : navigator.language}>
      <Pages router={router} />
    </UiProvider>
  );
}
