import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The button below an answer; what it opens loads when it is opened. */
export default defineWebPlugin({
  id: 'xray',
  slots: { 'message.action': { xray: lazy(() => import('./xray-button.tsx')) } },
});
