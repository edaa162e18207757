import { createContext, useContext } from 'react';
import type { WebPlugins } from './web-plugins.ts';

/** The registry of the page. */
export const WebPluginsContext = createContext<WebPlugins | undefined>(undefined);

/** The registry of the page. @throws when there is no shell around */
export function useWebPlugins(): WebPlugins {
  const plugins = useContext(WebPluginsContext);
  if (!plugins) throw new Error('A slot was rendered outside the shell; render it in a <HostProvider>');
  return plugins;
}
