import { definePlugin } from '@parley/kernel';

const ICON = 'M4 6l2 2 3-3M4 13l2 2 3-3M13 6h7M13 13h7M13 20h7M4 20l2 2 3-3';

/** A checklist beside each conversation. The server only says where it shows; all else happens in the page. */
export default definePlugin({
  id: 'sample',
  version: '0.1.0',
  kernel: '^1.0.0',
  ui: { module: './web', slots: { 'thread.panel': [{ id: 'sample', title: 'Sample', icon: ICON }] } },
  setup() {},
});
