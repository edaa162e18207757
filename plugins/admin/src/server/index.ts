import { KERNEL_MANAGE } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';

const PLUGIN_ICON =
  'M9 4a2 2 0 1 1 4 0v2h4a1 1 0 0 1 1 1v4h1a2 2 0 1 1 0 4h-1v4a1 1 0 0 1-1 1h-4v-1a2 2 0 1 0-4 0v1H5a1 1 0 0 1-1-1v-4h1a2 2 0 1 0 0-4H4V7a1 1 0 0 1 1-1h4Z';
const permission = KERNEL_MANAGE;

/** Pages for who runs this Parley: its plugins, what happens inside, and the history of changes. */
export default definePlugin({
  id: 'admin',
  version: '0.1.0',
  kernel: '^1.0.0',
  ui: {
    module: './web',
    slots: {
      route: [
        { id: 'home', key: '/admin', permission },
        { id: 'plugins', key: '/admin/plugins', permission },
        { id: 'plugin', key: '/admin/plugins/:pluginId', permission },
        { id: 'inspector', key: '/admin/inspector', permission },
        { id: 'history', key: '/admin/history', permission },
        { id: 'page', key: '/admin/:page', permission },
      ],
      'account.menu.item': [
        { id: 'admin', key: '/admin/plugins', title: 'Administration', icon: PLUGIN_ICON, order: 100, permission },
      ],
    },
  },
  setup: () => undefined,
});
