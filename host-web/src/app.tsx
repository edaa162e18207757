import { UiProvider } from '@parley/ui/provider';
import { HostProvider, type HostRuntime } from '@parley/web/host';
import { Suspense, lazy } from 'react';
import { RouterProvider, type RouterProviderProps } from 'react-router';
import { AppearanceEffect, useAppearance } from './appearance/use-appearance.ts';
import { SessionWatch } from './session/session-watch.tsx';
import type { Notices } from './boot/notices.ts';

const NoticeRegion = lazy(() =>
  import('./boot/notice-region.tsx').then((module) => ({ default: module.NoticeRegion })),
);

interface AppProps {
  readonly runtime: HostRuntime;
  readonly router: RouterProviderProps['router'];
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

/** The kit takes its direction from a locale; any right-to-left one turns it without changing its digits or words. */
const RIGHT_TO_LEFT_LOCALE = 'he';

function Kit({ router }: Pick<AppProps, 'router'>) {
  const [{ direction }] = useAppearance();
  return (
    <UiProvider locale={direction === 'rtl' ? RIGHT_TO_LEFT_LOCALE : navigator.language}>
      <RouterProvider router={router} />
    </UiProvider>
  );
}
