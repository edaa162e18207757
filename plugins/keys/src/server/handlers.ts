import type { Handlers, Principal } from '@parley/contracts';
import { keysErrors } from '@parley/plugin-keys/contract';
import type { keysContract } from '@parley/plugin-keys/contract';
import type { KeyProviders } from './key-providers.ts';
import type { KeyRing, KeyTaker } from './key-ring.ts';

type From = 'user' | 'operator';

/** The operations of this plugin. `onChange` is told whose key for which provider has changed, or stands otherwise. */
export function createHandlers(deps: {
  readonly providers: KeyProviders;
  readonly own: KeyRing;
  readonly shared: KeyRing;
  readonly onChange: (provider: string, owner: Principal | undefined) => Promise<void>;
}): Handlers<(typeof keysContract)['operations']> {
  const { providers, own, shared, onChange } = deps;

  const takers = (from: From): KeyTaker[] =>
    [...providers.descriptors()].flatMap(([key, { title, credentials }]) =>
      credentials && (credentials.from === 'both' || credentials.from === from) ? [{ key, title, credentials }] : [],
    );
  const takerOf = (provider: string, from: From): KeyTaker => {
    const all = takers(from);
    const taker = all.find(({ key }) => key === provider);
    if (!taker) throw keysErrors.UNKNOWN_PROVIDER({ provider, known: all.map(({ key }) => key) });
    return taker;
  };
  const view = ({ key, title, credentials: { isSet: _isSet, ...credentials } }: KeyTaker) => ({
    provider: key,
    title,
    ...credentials,
  });

  return {
    async list(_input, { principal }) {
      const [mine, all] = await Promise.all([own.list(principal), shared.list(principal)]);
      const items = takers('user').map((taker) => {
        const status = mine.get(taker.key);
        const isShared = taker.credentials.isSet || all.has(taker.key);
        return { ...view(taker), ...(status ? { own: status } : {}), isShared };
      });
      return { items };
    },
    async set({ provider, values }, { principal, signal }) {
      const status = await own.set(principal, takerOf(provider, 'user'), values, signal);
      await onChange(provider, principal);
      return status;
    },
    async check({ provider }, { principal, signal }) {
      const status = await own.check(principal, takerOf(provider, 'user'), signal);
      await onChange(provider, principal);
      return status;
    },
    async remove({ provider }, { principal }) {
      await own.remove(principal, provider);
      await onChange(provider, principal);
    },
    async listShared(_input, { principal }) {
      const all = await shared.list(principal);
      const items = takers('operator').map((taker) => {
        const status = all.get(taker.key);
        return { ...view(taker), isSet: taker.credentials.isSet, ...(status ? { shared: status } : {}) };
      });
      return { items };
    },
    async setShared({ provider, values }, { principal, signal }) {
      const status = await shared.set(principal, takerOf(provider, 'operator'), values, signal);
      await onChange(provider, undefined);
      return status;
    },
    async checkShared({ provider }, { principal, signal }) {
      const status = await shared.check(principal, takerOf(provider, 'operator'), signal);
      await onChange(provider, undefined);
      return status;
    },
    async removeShared({ provider }, { principal }) {
      await shared.remove(principal, provider);
      await onChange(provider, undefined);
    },
  };
}
