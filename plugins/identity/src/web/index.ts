import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';
import { createSessionAdapter } from './session-adapter.ts';

/** Tells the shell who is signed in; settings for the account and its sessions. */
export default defineWebPlugin({
  id: 'identity',
  slots: {
    'settings.page': {
      account: lazy(() => import('./account-settings.tsx').then((module) => ({ default: module.AccountSettings }))),
      sessions: lazy(() => import('./session-settings.tsx').then((module) => ({ default: module.SessionSettings }))),
    },
  },
  start: (host) => host.session.use(createSessionAdapter()),
});
