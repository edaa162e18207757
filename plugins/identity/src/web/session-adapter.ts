import type { SessionAdapter } from '@parley/web';
import { createClient, type ClientOptions } from '@parley/web/client';
import { identityContract } from '../contract/index.ts';

/** How the shell asks for the session; its client of its own never asks for a renewal when one is refused. */
export function createSessionAdapter(options: ClientOptions = {}): SessionAdapter {
  const client = createClient(identityContract, options);
  return {
    load: async () => (await client.me({})).user,
    renew: async () => (await client.refresh({})).user,
    signOut: async () => {
      await client.signOut({});
    },
  };
}
