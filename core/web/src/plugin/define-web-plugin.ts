import type { ComponentType } from 'react';
import type { WebHost } from '../host/web-host.ts';

/** A contribution's component; a lazy one loads when its place is first seen. */
export type SlotComponent = ComponentType<never>;

/** The web side of one plugin. */
export interface WebPlugin {
  /** The id of the plugin's server definition. */
  readonly id: string;
  /** Components by slot id, then by contribution id, as the manifest lists them. */
  readonly slots?: Readonly<Record<string, Readonly<Record<string, SlotComponent>>>>;
  /** Runs once when the module is loaded; what it returns undoes it. Handlers and adapters set on `host` undo themselves. */
  start?(host: WebHost): (() => void) | undefined;
}

/**
 * The web side of a plugin, the default export of its web door.
 * @example export default defineWebPlugin({ id: 'notes', slots: { 'thread.panel': { notes: lazy(() => import('./panel.tsx')) } } });
 */
export const defineWebPlugin = (plugin: WebPlugin): WebPlugin => plugin;
