import { modelRoutingContract } from '@parley/plugin-model-routing/contract';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The tab where names for models and fallbacks are administered. */
export default defineWebPlugin({
  id: 'model-routing',
  slots: {
    'admin.models.tab': {
      routes: lazy(() => import('./routes-tab.tsx').then((tab) => ({ default: tab.RoutesTab }))),
    },
  },
  start(host) {
    const { queries } = host.contract(modelRoutingContract);
    return host.onEvent('models', () => void host.queryClient.invalidateQueries({ queryKey: queries.list.key() }));
  },
});
