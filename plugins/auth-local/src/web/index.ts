import { defineWebPlugin } from '@parley/web';
import { lazy } from 'react';

/** The forms to sign in and up, and the settings page for the password. */
export default defineWebPlugin({
  id: 'auth-local',
  slots: {
    'auth.method': {
      password: lazy(() => import('./password-method.tsx').then((module) => ({ default: module.PasswordMethod }))),
    },
    'settings.page': {
      password: lazy(() => import('./password-settings.tsx').then((module) => ({ default: module.PasswordSettings }))),
    },
  },
});
