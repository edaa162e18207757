import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';
import { speechContract } from '../contract/index.ts';
import { player } from './player.ts';

/** The microphone in the composer and the speaker below answers. */
export default defineWebPlugin({
  id: 'speech',
  slots: {
    'composer.action': { dictate: lazy(() => import('./dictate-button.tsx')) },
    'message.action': { 'read-aloud': lazy(() => import('./read-aloud-button.tsx')) },
  },
  start(host) {
    const { queries } = host.contract(speechContract);
    // A key that comes or goes makes models of speech appear and disappear.
    host.onEvent('models', () => {
      void host.queryClient.invalidateQueries({ queryKey: queries.options.key() });
    });
    return () => player.stop();
  },
});
