import { isAppError } from '@parley/contracts';
import type { Principal, StoreOf } from '@parley/contracts';
import { sampleErrors } from '../contract/index.ts';
import type { NewSample, Sample } from '../contract/index.ts';
import type { Config } from './config.ts';
import type { sampleEntity } from './entities.ts';

interface Deps {
  readonly config: Config;
  /** The entries as one principal may see them. */
  readonly entriesOf: (principal: Principal) => StoreOf<typeof sampleEntity>;
}

/** The rules: entries belong to who wrote them, and there is a limit of them. */
export function createService({ config, entriesOf }: Deps) {
  return {
    async list(
      principal: Principal,
      { conversationId, after }: { conversationId: string; after?: string | undefined },
    ) {
      const page = await entriesOf(principal)
        .within(conversationId)
        .list({ sort: [['createdAt', 'desc']], limit: 50, ...(after === undefined ? {} : { after }) });
      return { items: [...page.items], next: page.next };
    },
    async create(principal: Principal, entry: NewSample): Promise<Sample> {
      const limit = config.maxEntriesPerConversation;
      const entries = entriesOf(principal).within(entry.conversationId);
      if ((await entries.count()) >= limit) throw sampleErrors.TOO_MANY({ limit });
      return entries.insert(entry);
    },
    async remove(principal: Principal, { conversationId, id }: Pick<Sample, 'conversationId' | 'id'>): Promise<void> {
      try {
        await entriesOf(principal).within(conversationId).delete(id);
      } catch (error) {
        throw isAppError(error, 'STORAGE_NOT_FOUND') ? sampleErrors.NOT_FOUND({ id }) : error;
      }
    },
  };
}
