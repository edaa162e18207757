import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The panel; its code loads when it is first opened. */
export default defineWebPlugin({
  id: 'sample',
  slots: { 'thread.panel': { sample: lazy(() => import('./panel.tsx')) } },
});
