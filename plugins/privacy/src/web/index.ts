import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The pages where people take their data or leave, and where administrators see who is there. */
export default defineWebPlugin({
  id: 'privacy',
  slots: {
    'settings.page': {
      data: lazy(() => import('./data-settings.tsx').then((page) => ({ default: page.DataSettings }))),
      people: lazy(() => import('./people-settings.tsx').then((page) => ({ default: page.PeopleSettings }))),
    },
  },
});
