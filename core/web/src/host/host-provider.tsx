import { QueryClientProvider } from '@tanstack/react-query';
import { Provider } from 'jotai';
import type { ReactNode } from 'react';
import { WebPluginsContext } from '../plugin/web-plugins-context.ts';
import { AnnouncerRegion } from './announcer.tsx';
import type { HostRuntime } from './create-host.ts';
import { HostContext } from './use-host.ts';

/** Makes the host known to what is inside, with a jotai store of this tab and the page's live regions. */
export function HostProvider({ runtime, children }: { readonly runtime: HostRuntime; readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={runtime.queryClient}>
      <Provider store={runtime.store}>
        <WebPluginsContext value={runtime.plugins}>
          <HostContext value={runtime.host}>
            {children}
            <AnnouncerRegion announcer={runtime.announcer} />
          </HostContext>
        </WebPluginsContext>
      </Provider>
    </QueryClientProvider>
  );
}
