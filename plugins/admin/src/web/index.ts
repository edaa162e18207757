import { kernelContract } from '@parley/contracts';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The pages for who runs this Parley; each loads when it is first opened. */
export default defineWebPlugin({
  id: 'admin',
  slots: {
    route: {
      home: lazy(() => import('./home-page.tsx').then((page) => ({ default: page.HomePage }))),
      plugins: lazy(() => import('./plugins/plugins-page.tsx').then((page) => ({ default: page.PluginsPage }))),
      plugin: lazy(() => import('./plugin/plugin-page.tsx').then((page) => ({ default: page.PluginPage }))),
      inspector: lazy(() => import('./inspector/inspector-page.tsx').then((page) => ({ default: page.InspectorPage }))),
      page: lazy(() => import('./plugin-admin-page.tsx').then((page) => ({ default: page.PluginAdminPage }))),
      history: lazy(() => import('./history/history-page.tsx').then((page) => ({ default: page.HistoryPage }))),
    },
  },
  start: (host) =>
    host.onEvent('plugins.changed', () => {
      const { queries } = host.contract(kernelContract);
      for (const query of [queries.plugins, queries.graph, queries.history]) {
        void host.queryClient.invalidateQueries({ queryKey: query.key() });
      }
    }),
});
