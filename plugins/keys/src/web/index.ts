import { PLUGINS_CHANGED } from '@parley/plugin-events/contract';
import { keysContract } from '@parley/plugin-keys/contract';
import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** Where keys are given: the person's own in the settings, the shared one beside its provider. */
export default defineWebPlugin({
  id: 'keys',
  slots: {
    'settings.page': {
      keys: lazy(() => import('./key-settings.tsx').then((page) => ({ default: page.KeySettings }))),
    },
    'admin.provider': {
      key: lazy(() => import('./shared-key.tsx').then((part) => ({ default: part.SharedKey }))),
    },
    'onboarding.step': {
      connect: lazy(() => import('./connect-step.tsx').then((step) => ({ default: step.ConnectStep }))),
    },
  },
  start(host) {
    const { queries } = host.contract(keysContract);
    const readAgain = () => {
      for (const query of [queries.list, queries.listShared]) {
        void host.queryClient.invalidateQueries({ queryKey: query.key() });
      }
    };
    const undo = [host.onEvent('models', readAgain), host.onEvent(PLUGINS_CHANGED, readAgain)];
    return () => undo.forEach((stop) => stop());
  },
});
