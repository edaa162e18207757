import { createContext, type ReactNode, useContext } from 'react';

const PluginIdContext = createContext<string | undefined>(undefined);

/** Props of `PluginScope`. */
export interface PluginScopeProps {
  /** The plugin whose contribution is inside. */
  readonly pluginId: string;
  readonly children: ReactNode;
}

/**
 * Marks what is inside as drawn by one plugin, so that its style, scoped to `[data-plugin]`, reaches it.
 * The box takes no part in layout; overlays opened inside carry the same mark.
 */
export function PluginScope({ pluginId, children }: PluginScopeProps) {
  return (
    <PluginIdContext value={pluginId}>
      <div data-plugin={pluginId} style={{ display: 'contents' }}>
        {children}
      </div>
    </PluginIdContext>
  );
}

/** The attribute that an overlay needs, since its portal leaves the plugin's box. */
export function usePluginMark(): { readonly 'data-plugin'?: string } {
  const pluginId = useContext(PluginIdContext);
  return pluginId === undefined ? {} : { 'data-plugin': pluginId };
}
