import { createContext, useContext } from 'react';
import type { WebHost } from './web-host.ts';

/** The host as the plugin at this place sees it. */
export const HostContext = createContext<WebHost | undefined>(undefined);

/**
 * What the shell offers the plugin at this place of the page.
 * @throws when there is no shell around
 */
export function useHost(): WebHost {
  const host = useContext(HostContext);
  if (!host) throw new Error('useHost() was called outside the shell; render the component in a <HostProvider>');
  return host;
}
