import type { CredentialStore, LiveRef } from '@parley/contracts';
import type { ProviderAccess } from '@parley/plugin-models/contract';

/** Looks keys up where people and the operator keep them, as long as there is such a place. */
export const createProviderAccess = (store: LiveRef<CredentialStore>): ProviderAccess => ({
  async credentialsOf(principal, provider, takes) {
    // A provider that takes no keys here has its own, or needs none.
    if (takes === undefined || store.keys().length === 0) return undefined;
    using lease = store.lease();
    return (await lease.value.resolve(principal, provider))?.values;
  },
});
