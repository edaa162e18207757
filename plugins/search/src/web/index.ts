import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The search page; its code loads when it is first opened. */
export default defineWebPlugin({
  id: 'search',
  slots: { route: { search: lazy(() => import('./search-page.tsx').then((page) => ({ default: page.SearchPage }))) } },
});
