import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The card in an answer, and the settings page for the own home. */
export default defineWebPlugin({
  id: 'weather',
  slots: {
    'message.part': { report: lazy(() => import('./report-card.tsx')) },
    'settings.page': { weather: lazy(() => import('./home-settings.tsx')) },
  },
});
