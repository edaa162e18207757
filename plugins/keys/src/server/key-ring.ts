import type { Credentials, Principal, ProviderCredentials, Store } from '@parley/contracts';
import type { Clock } from '@parley/kernel';
import { keysErrors } from '@parley/plugin-keys/contract';
import type { KeyStatus } from '@parley/plugin-keys/contract';
import type { Verdict } from './ask-provider.ts';
import type { KeyRecord } from './entities.ts';
import { hintOf, parseFields } from './fields.ts';
import type { Place, Vault } from './vault.ts';

type Fields = Omit<KeyRecord, 'id' | 'tenantId' | 'ownerId' | 'createdAt' | 'updatedAt' | 'rev'>;

/** A provider that takes keys. */
export interface KeyTaker {
  readonly key: string;
  readonly title: string;
  readonly credentials: ProviderCredentials;
}

/** The keys of one kind: those of people, or those that all share. */
export interface KeyRing {
  /** By provider. */
  list(principal: Principal): Promise<ReadonlyMap<string, KeyStatus>>;
  values(principal: Principal, provider: string): Promise<Credentials | undefined>;
  /** @throws KEYS_INVALID, KEYS_REFUSED */
  set(principal: Principal, taker: KeyTaker, values: Credentials, signal: AbortSignal): Promise<KeyStatus>;
  /** @throws KEYS_NOT_SET */
  check(principal: Principal, taker: KeyTaker, signal: AbortSignal): Promise<KeyStatus>;
  /** @throws KEYS_NOT_SET */
  remove(principal: Principal, provider: string): Promise<void>;
  /** Seals with the present key what was sealed with an earlier one; resolves with how many. */
  sealAgain(system: Principal): Promise<number>;
}

const MOST = 1_000;

const toStatus = ({ hint, state, checkedAt, reason }: KeyRecord): KeyStatus => ({
  hint,
  state,
  ...(checkedAt === undefined ? {} : { checkedAt }),
  ...(reason === undefined ? {} : { reason }),
});

const placeOf = ({ tenantId, ownerId, provider }: Pick<KeyRecord, 'tenantId' | 'ownerId' | 'provider'>): Place => ({
  tenantId,
  ownerId,
  provider,
});

/** The keys of one kind over their store. `ask` says what a provider thinks of a key. */
export function createKeyRing(deps: {
  readonly storeOf: (principal: Principal) => Store<Fields>;
  /** The owner of a key that `principal` sets; `undefined` for those that all share. */
  readonly ownerOf: (principal: Principal) => string | undefined;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ask: (provider: string, values: Credentials, signal: AbortSignal) => Promise<Verdict>;
}): KeyRing {
  const { storeOf, ownerOf, vault, clock, ask } = deps;
  const nowIso = () => new Date(clock.now()).toISOString();

  const find = async (principal: Principal, provider: string): Promise<KeyRecord | undefined> =>
    (await storeOf(principal).list({ where: { provider }, limit: 1 })).items[0];
  const get = async (principal: Principal, provider: string): Promise<KeyRecord> => {
    const record = await find(principal, provider);
    if (!record) throw keysErrors.NOT_SET({ provider });
    return record;
  };
  const withVerdict = ({ state, reason }: Verdict) => ({ state, reason, checkedAt: nowIso() });

  return {
    async list(principal) {
      const { items } = await storeOf(principal).list({ limit: MOST });
      return new Map(items.map((record) => [record.provider, toStatus(record)]));
    },
    async values(principal, provider) {
      const record = await find(principal, provider);
      return record && vault.open(record.sealed, placeOf(record));
    },
    async set(principal, { key: provider, title, credentials }, given, signal) {
      const values = parseFields(given, credentials, title);
      const verdict = await ask(provider, values, signal);
      if (verdict.state === 'refused') throw keysErrors.REFUSED({ provider: title });
      const place = { tenantId: principal.tenantId, ownerId: ownerOf(principal), provider };
      const fields = {
        ...withVerdict(verdict),
        hint: hintOf(values, credentials),
        sealed: vault.seal(values, place),
      };
      const store = storeOf(principal);
      const known = await find(principal, provider);
      if (known) return toStatus(await store.update(known.id, fields));
      const { reason, ...rest } = fields;
      return toStatus(await store.insert({ ...rest, provider, ...(reason === undefined ? {} : { reason }) }));
    },
    async check(principal, { key: provider }, signal) {
      const record = await get(principal, provider);
      const verdict = await ask(provider, vault.open(record.sealed, placeOf(record)), signal);
      return toStatus(await storeOf(principal).update(record.id, withVerdict(verdict)));
    },
    async remove(principal, provider) {
      const { id } = await get(principal, provider);
      await storeOf(principal).delete(id);
    },
    async sealAgain(system) {
      let count = 0;
      let after: string | undefined;
      do {
        const page = await storeOf(system).list({ limit: MOST, ...(after === undefined ? {} : { after }) });
        for (const record of page.items.filter(({ sealed }) => vault.isOld(sealed))) {
          const place = placeOf(record);
          const sealed = vault.seal(vault.open(record.sealed, place), place);
          await storeOf(system).update(record.id, { sealed }, record.rev);
          count += 1;
        }
        after = page.next;
      } while (after !== undefined);
      return count;
    },
  };
}
