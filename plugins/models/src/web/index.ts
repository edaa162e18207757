import { kernelContract } from '@parley/contracts';
import { PLUGINS_CHANGED } from '@parley/plugin-events/contract';
import { modelsContract } from '@parley/plugin-models/contract';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The page where providers and their models are administered. */
export default defineWebPlugin({
  id: 'models',
  slots: {
    'admin.page': {
      models: lazy(() => import('./models-page.tsx').then((page) => ({ default: page.ModelsPage }))),
    },
  },
  start(host) {
    const { queries } = host.contract(modelsContract);
    const kernel = host.contract(kernelContract);
    const invalidate = (queryKey: readonly unknown[]) => void host.queryClient.invalidateQueries({ queryKey });
    const undo = [
      host.onEvent('models', () => invalidate(queries.manage.key())),
      host.onEvent(PLUGINS_CHANGED, () => {
        for (const query of [queries.manage, kernel.queries.plugins, kernel.queries.graph]) invalidate(query.key());
      }),
    ];
    return () => undo.forEach((stop) => stop());
  },
});
