import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

const derive = (key: string | Uint8Array, info: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, 'parley', info, KEY_BYTES));

/** What the keys of one plugin derive from, so that a process of its own can derive them without the root key. */
export const derivePluginSeed = (rootKey: string, pluginId: string): Uint8Array => derive(rootKey, pluginId);

/** The key of one purpose, 32 bytes. Source: HKDF-SHA256 (RFC 5869). */
export const derivePurpose = (pluginSeed: Uint8Array, purpose: string): Uint8Array => derive(pluginSeed, purpose);
