import { isAppError } from '@parley/contracts';
import type {
  Principal,
  SearchDocument,
  SearchHit,
  SearchIndex,
  SearchPage,
  SearchQuery,
  SearchSource,
} from '@parley/contracts';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import { FoundRecord } from '../contract/index.ts';
import type { FoundConversation } from '../contract/index.ts';

/** What a person looks for. */
export interface Wanted {
  readonly q: string;
  readonly conversationId?: string | undefined;
  readonly role?: 'user' | 'assistant' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort: 'best' | 'newest';
  readonly archived: boolean;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** One page of what the person may see. */
export interface FoundPage {
  readonly hits: FoundRecord[];
  readonly conversations: FoundConversation[];
  readonly next?: string;
  readonly isCapped: boolean;
}

const CONVERSATIONS = 'conversations.conversation';
/** Pages of the index that are read until something on one of them may be shown. */
const MAX_PAGES = 5;
const Role = FoundRecord.shape.role;

function toQuery({ tenantId, id: ownerId }: Principal, wanted: Wanted): SearchQuery {
  const { q, conversationId, role, from, to, sort, limit, after } = wanted;
  return {
    text: q,
    tenantId,
    ownerId,
    sort,
    limit,
    ...(conversationId === undefined ? {} : { parentId: conversationId }),
    ...(role === undefined ? {} : { tags: { role } }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(after === undefined ? {} : { after }),
  };
}

const keyOf = ({ collection, id }: Pick<SearchHit, 'collection' | 'id'>): string => `${collection}/${id}`;

/** Searches, and lets nothing through that the person's own stores do not give. */
export function createFindRecords({
  source,
  conversations,
}: {
  readonly source: SearchSource;
  readonly conversations: Pick<ConversationStore, 'get'>;
}) {
  /** Documents of the hits as the person reads them now; what is gone is forgotten by the index too. */
  const readHits = async (
    index: SearchIndex,
    principal: Principal,
    hits: readonly SearchHit[],
  ): Promise<ReadonlyMap<string, SearchDocument>> => {
    const known = new Set(source.kinds().map(({ collection }) => collection));
    const documents = new Map<string, SearchDocument>();
    for (const [collection, some] of Map.groupBy(hits, (hit) => hit.collection)) {
      if (!known.has(collection)) continue;
      const ids = some.map(({ id }) => id);
      for (const document of await source.documents(collection, ids, principal))
        documents.set(keyOf(document), document);
      const gone = ids.filter((id) => !documents.has(keyOf({ collection, id })));
      // Nobody waits for it, and the next search tries again.
      if (gone.length > 0) index.remove(collection, gone).catch(() => undefined);
    }
    return documents;
  };

  const readConversation = async (principal: Principal, id: string): Promise<FoundConversation | undefined> => {
    try {
      const { title, archived } = await conversations.get(principal, id);
      return { id, title, archived };
    } catch (error) {
      if (isAppError(error, 'CONVERSATIONS_NOT_FOUND')) return undefined;
      throw error;
    }
  };

  const toShown = async (
    index: SearchIndex,
    principal: Principal,
    { hits }: SearchPage,
    hasArchived: boolean,
  ): Promise<Pick<FoundPage, 'hits' | 'conversations'>> => {
    const documents = await readHits(index, principal, hits);
    const homes = new Map<string, FoundConversation | undefined>();
    const shown: FoundRecord[] = [];
    for (const hit of hits) {
      const document = documents.get(keyOf(hit));
      const conversationId = hit.collection === CONVERSATIONS ? hit.id : document?.parentId;
      if (document === undefined || conversationId === undefined) continue;
      if (!homes.has(conversationId)) homes.set(conversationId, await readConversation(principal, conversationId));
      const home = homes.get(conversationId);
      if (home === undefined || (home.archived && !hasArchived)) continue;
      const { collection, id, at } = document;
      const role = Role.safeParse(document.tags?.['role']).data;
      const snippet = [...hit.snippet];
      shown.push({ id, collection, conversationId, at, snippet, ...(role === undefined ? {} : { role }) });
    }
    const shownIn = new Set(shown.map(({ conversationId }) => conversationId));
    return {
      hits: shown,
      conversations: [...homes.values()].flatMap((home) => (home && shownIn.has(home.id) ? [home] : [])),
    };
  };

  return async (index: SearchIndex, principal: Principal, wanted: Wanted, signal: AbortSignal): Promise<FoundPage> => {
    let query = toQuery(principal, wanted);
    for (let pages = 1; ; pages += 1) {
      const page = await index.search(query, { signal });
      const shown = await toShown(index, principal, page, wanted.archived || wanted.conversationId !== undefined);
      const { next, isCapped = false } = page;
      if (shown.hits.length > 0 || next === undefined || pages === MAX_PAGES)
        return { ...shown, isCapped, ...(next === undefined ? {} : { next }) };
      query = { ...query, after: next };
    }
  };
}
