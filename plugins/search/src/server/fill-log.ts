import { isAppError } from '@parley/contracts';
import type { SearchKind, StoreOf } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { fillEntity } from './entities.ts';
import type { FillRecord } from './entities.ts';

type Progress = Pick<FillRecord, 'after' | 'isDone' | 'done'>;

/** Remembers how far each kind of record has been brought into the index, over restarts and for all nodes. */
export interface FillLog {
  /** Where to go on with a kind; from the beginning when the index or the kind is no longer the same. */
  find(kind: SearchKind, incarnation: string): Promise<Progress>;
  keep(kind: SearchKind, incarnation: string, progress: Progress): Promise<void>;
  /** Forgets how far a collection was: it is to be read again. */
  forget(collection: string): Promise<void>;
  list(): Promise<readonly FillRecord[]>;
}

/** A log in this plugin's own records. */
export function createFillLog(ctx: Pick<PluginContext<unknown>, 'store' | 'system'>): FillLog {
  const store = (): StoreOf<typeof fillEntity> => ctx.store(fillEntity, ctx.system);
  return {
    async find({ collection, fingerprint }, incarnation) {
      const record = await store().find(collection);
      const isSame = record?.fingerprint === fingerprint && record.incarnation === incarnation;
      return isSame ? record : { isDone: false, done: 0 };
    },
    async keep({ collection, fingerprint }, incarnation, { after, isDone, done }) {
      const fields = { incarnation, fingerprint, after, isDone, done };
      const known = await store().find(collection);
      if (known !== undefined) await store().update(collection, fields);
      else
        await store().insert({
          id: collection,
          incarnation,
          fingerprint,
          isDone,
          done,
          ...(after === undefined ? {} : { after }),
        });
    },
    async forget(collection) {
      try {
        await store().delete(collection);
      } catch (error) {
        if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
      }
    },
    list: async () => (await store().list({ limit: 1_000 })).items,
  };
}
