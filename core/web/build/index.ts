/** Builds the web side of a plugin, in Node. */
export { baseConfig } from './base-config.ts';
export type { BaseConfig, BuildMode } from './base-config.ts';
export { createPluginUiConfig } from './plugin-ui-config.ts';
export type { PluginUi } from './plugin-ui-config.ts';
export { sharedFromShell } from './shared-from-shell.ts';
