import { createFederation } from '@parley/web/federation';
import type { WebPluginSource } from '@parley/web/host';
import { sharedModules } from './shared-modules.ts';

const nonceOfPage = (): string | undefined => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;

/** Loads remotes into this shell. */
export function startFederation(): WebPluginSource {
  const nonce = nonceOfPage();
  return createFederation({ name: 'parley', shared: sharedModules, ...(nonce ? { nonce } : {}) });
}
