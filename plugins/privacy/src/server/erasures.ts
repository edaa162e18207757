import { createPrincipal, isAppError, newId } from '@parley/contracts';
import type { Cache, HookRunner, OwnedRecords, Person, personErase, SystemPrincipal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import type { Accounts } from '@parley/plugin-identity/contract';
import { privacyErrors } from '../contract/index.ts';
import type { ErasedItem, Receipt } from '../contract/index.ts';
import { addItems, mostItems, toItem, totalOf } from './count-items.ts';
import { erasureEntity, receiptEntity } from './entities.ts';
import type { ErasureRecord } from './entities.ts';

/** Who is to be erased, and who wants it. */
export interface ErasureRequest extends Person {
  readonly by: Receipt['by'];
  /** Whether the server may be left without an administrator. */
  readonly withoutAdministrator: boolean;
}

/** Erases people: each once begun is completed, whatever happens to the process. */
export interface Erasures {
  /**
   * Makes the wish durable, ends every session of the person, and begins. Resolves with the id of the receipt.
   * @throws PRIVACY_LAST_ADMINISTRATOR
   */
  begin(request: ErasureRequest): Promise<string>;
  /** Goes on with all that was begun; resolves when each was tried once. */
  resume(): Promise<void>;
  /** Resolves when nothing runs in this process. */
  idle(): Promise<void>;
}

const LOCK_MS = 10 * 60_000;
const MAX_ROUNDS = 20;
const MAX_ERASURES = 1_000;

/** Erasures over this plugin's records, what plugins erase themselves, and everything the database holds of a person. */
export function createErasures(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction' | 'system' | 'clock' | 'log' | 'signal' | 'call'>;
  readonly owned: OwnedRecords;
  readonly erase: HookRunner<typeof personErase>;
  readonly accounts: Pick<Accounts, 'administrators' | 'revokeAll'>;
  readonly cache: Pick<Cache, 'lock'>;
}): Erasures {
  const { ctx, owned, erase, accounts, cache } = deps;
  const running = new Map<string, Promise<void>>();

  const systemOf = (tenantId: string): SystemPrincipal =>
    createPrincipal({ kind: 'system', id: ctx.system.id, tenantId });
  const pending = async () => (await ctx.store(erasureEntity, ctx.system).list({ limit: MAX_ERASURES })).items;

  /** One pass over everybody who may keep something. Shape: what was found and is gone now. */
  async function round({ tenantId, userId }: ErasureRecord): Promise<ErasedItem[]> {
    const answers = await erase.run({ tenantId, userId }, ctx.call());
    const told = answers.flatMap(({ pluginId, items }) => items.map((item) => ({ ...item, pluginId })));
    const deleted = await owned.delete({ tenantId, ownerId: userId });
    return addItems(told, deleted.map(toItem));
  }

  const save = (job: ErasureRecord, items: readonly ErasedItem[]): Promise<ErasureRecord> =>
    ctx.store(erasureEntity, systemOf(job.tenantId)).update(job.id, { items: [...items], problem: undefined });

  async function complete(job: ErasureRecord): Promise<void> {
    const { id, tenantId, userId: ownerId, by, createdAt: requestedAt } = job;
    // Counted before the first is gone, so that a kill can not make the receipt say less than there was.
    const expected = mostItems(job.items, (await owned.count({ tenantId, ownerId })).map(toItem));
    await save(job, expected);
    let erased: ErasedItem[] = [];
    for (let count = 0; ; count += 1) {
      const found = await round(job);
      erased = addItems(erased, found);
      await save(job, mostItems(expected, erased));
      // What ran when it began may have written once more; only a round that finds nothing is the last.
      if (totalOf(found) === 0) break;
      if (count === MAX_ROUNDS) throw new Error(`something was found in each of ${MAX_ROUNDS} rounds`);
    }
    const items = mostItems(expected, erased);
    await ctx.transaction(async (tx) => {
      await tx.store(receiptEntity, systemOf(tenantId)).insert({ id, by, requestedAt, items });
      await tx.store(erasureEntity, systemOf(tenantId)).delete(id);
    });
    ctx.log.info('Somebody was erased', { receiptId: id, records: totalOf(items) });
  }

  async function attempt(job: ErasureRecord): Promise<void> {
    const lock = await cache.lock(`erasure ${job.id}`, { ttlMs: LOCK_MS });
    // Another node is at it.
    if (lock === undefined) return;
    try {
      await complete(job);
    } catch (error) {
      if (ctx.signal.aborted) return;
      const problem = isAppError(error) ? error.code : 'an internal error; see the log';
      ctx.log.error('Somebody could not be erased yet; it is tried again', { error, receiptId: job.id });
      await ctx
        .store(erasureEntity, systemOf(job.tenantId))
        .update(job.id, { problem })
        .catch(() => undefined);
    } finally {
      await lock.release();
    }
  }

  function run(job: ErasureRecord): Promise<void> {
    const known = running.get(job.id);
    if (known) return known;
    const work = attempt(job)
      .catch((error: unknown) => ctx.log.error('An erasure could not be gone on with', { error, receiptId: job.id }))
      .finally(() => running.delete(job.id));
    running.set(job.id, work);
    return work;
  }

  /** Two administrators who leave at the same moment must not both think that the other one stays. */
  async function hasOtherAdministrator(): Promise<boolean> {
    const leaving = new Set((await pending()).map(({ userId }) => userId));
    return (await accounts.administrators()).some(({ id }) => !leaving.has(id));
  }

  async function insert({ tenantId, userId, by }: ErasureRequest): Promise<ErasureRecord> {
    const jobs = ctx.store(erasureEntity, systemOf(tenantId));
    try {
      return await jobs.insert({ id: newId(), userId, by, items: [] }, 'full');
    } catch (error) {
      if (!isAppError(error, 'STORAGE_DUPLICATE')) throw error;
      const { items } = await jobs.list({ where: { userId }, limit: 1 });
      if (items[0]) return items[0];
      throw error;
    }
  }

  return {
    async begin(request) {
      const isAdministrator = (await accounts.administrators()).some(({ id }) => id === request.userId);
      const job = await insert(request);
      if (isAdministrator && !request.withoutAdministrator && !(await hasOtherAdministrator())) {
        await ctx.store(erasureEntity, systemOf(request.tenantId)).delete(job.id);
        throw privacyErrors.LAST_ADMINISTRATOR();
      }
      await accounts.revokeAll(request.userId);
      void run(job);
      return job.id;
    },
    async resume() {
      await Promise.all((await pending()).map(run));
    },
    idle: async () => void (await Promise.all(running.values())),
  };
}
