/** What a shell builds the page with; plugins use "@parley/web" instead. */
export { followEvents } from '../events/follow-events.ts';
export type { FollowOptions } from '../events/follow-events.ts';
export type { WebPlugins, WebPluginSource, WebPluginState } from '../plugin/web-plugins.ts';
export { useWebPlugins } from '../plugin/web-plugins-context.ts';
export { PanelOutletContext } from '../layout/panel-outlet.ts';
export type { SessionChannel, SessionMessage } from '../session/session-channel.ts';
export { hadSession } from '../session/session-channel.ts';
export { createHost } from './create-host.ts';
export type { HostOptions, HostRuntime } from './create-host.ts';
export { HostProvider } from './host-provider.tsx';
