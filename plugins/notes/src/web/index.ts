import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The notes panel; its code loads when the panel is first opened. */
export default defineWebPlugin({
  id: 'notes',
  slots: { 'thread.panel': { notes: lazy(() => import('./notes-panel.tsx')) } },
});
