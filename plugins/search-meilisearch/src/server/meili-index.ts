import { randomUUID } from 'node:crypto';
import { isAppError, searchErrors } from '@parley/contracts';
import type { SearchDocument, SearchIndex } from '@parley/contracts';
import type { EnqueuedTaskPromise, Meilisearch } from 'meilisearch';
import * as z from 'zod';
import { ownerDigest } from './encode-terms.ts';
import { MeiliRefusal } from './meili-client.ts';
import type { MeiliClient, UseOptions } from './meili-client.ts';
import { searchDocuments } from './search-documents.ts';
import { INCARNATION_KEY, PRIMARY_KEY, toKey, toSettings, toStored } from './stored-document.ts';

/** What an index is made of. */
export interface MeiliIndexOptions {
  readonly client: MeiliClient;
  readonly indexUid: string;
  readonly searchTimeoutMs: number;
  readonly writeTimeoutMs: number;
}

const REQUEST_TIMEOUT_MS = 30_000;
const TASK_INTERVAL_MS = 20;
/** The server takes 100 MB at once. */
const MAX_BATCH_LENGTH = 8 * 1024 * 1024;
const Rev = z.object({ [PRIMARY_KEY]: z.string(), rev: z.number() });
const Incarnation = z.object({ incarnation: z.string() });

/** Whether the server answered with one of these codes; the client wraps what a request fails with. */
const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  [error, error instanceof Error ? error.cause : undefined].some(
    (each) => each instanceof MeiliRefusal && codes.includes(each.code),
  );

/** The newest of each document; of one rev the last. */
function newestOf(documents: readonly SearchDocument[]): Map<string, SearchDocument> {
  const newest = new Map<string, SearchDocument>();
  for (const document of documents) {
    const key = toKey(document.collection, document.id);
    if ((newest.get(key)?.rev ?? Number.NEGATIVE_INFINITY) <= document.rev) newest.set(key, document);
  }
  return newest;
}

/** Documents in batches that a request can carry. */
function* batchesOf(documents: readonly SearchDocument[]): Generator<Record<string, unknown>[]> {
  let batch: Record<string, unknown>[] = [];
  let length = 0;
  for (const document of documents) {
    batch.push(toStored(document));
    length += Object.values(document.text).reduce((sum, text) => sum + text.length, 0);
    if (length < MAX_BATCH_LENGTH) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * An index on Meilisearch. Writes of this process go one after the other, since whether a rev is older is read before it is
 * written; between processes the one who indexes holds a lock.
 */
export function createMeiliIndex(options: MeiliIndexOptions): SearchIndex {
  const { client, indexUid, searchTimeoutMs, writeTimeoutMs } = options;
  let prepared: Promise<void> | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  /** Waits until the server has done a task; one that failed with the code `unless` is as good. @throws MeiliRefusal */
  const finish = async (task: EnqueuedTaskPromise, unless?: string): Promise<void> => {
    const { status, error } = await task.waitTask({ timeout: writeTimeoutMs, interval: TASK_INTERVAL_MS });
    if (status !== 'succeeded' && error?.code !== unless) throw new MeiliRefusal(400, error?.code ?? status);
  };
  const isThere = async (found: Promise<unknown>, missing: string): Promise<boolean> => {
    try {
      await found;
      return true;
    } catch (error) {
      if (hasCode(error, missing)) return false;
      throw error;
    }
  };
  /** Makes an index that can be searched. One that is there already is brought up to date. */
  const setUp = async (server: Meilisearch, uid: string): Promise<void> => {
    if (!(await isThere(server.getRawIndex(uid), 'index_not_found')))
      await finish(server.createIndex(uid, { primaryKey: PRIMARY_KEY }), 'index_already_exists');
    const index = server.index(uid);
    await finish(index.updateSettings(toSettings(searchTimeoutMs)));
    if (await isThere(index.getDocument(INCARNATION_KEY), 'document_not_found')) return;
    await finish(index.addDocuments([{ [PRIMARY_KEY]: INCARNATION_KEY, incarnation: randomUUID() }]));
  };
  const prepare = async (): Promise<void> => {
    try {
      await client.use((server) => setUp(server, indexUid), { timeoutMs: REQUEST_TIMEOUT_MS });
    } catch (error) {
      prepared = undefined;
      throw error;
    }
  };
  const use = async <T>(work: (server: Meilisearch) => Promise<T>, more: Partial<UseOptions> = {}): Promise<T> => {
    const attempt = async () => {
      prepared ??= prepare();
      await prepared;
      return client.use(work, { timeoutMs: REQUEST_TIMEOUT_MS, ...more });
    };
    try {
      return await attempt().catch((error: unknown) => {
        // Somebody removed the index, or what it was set up with.
        if (
          !hasCode(error, 'index_not_found', 'invalid_search_filter', 'invalid_search_sort', 'invalid_document_filter')
        )
          throw error;
        prepared = undefined;
        return attempt();
      });
    } catch (error) {
      more.signal?.throwIfAborted();
      if (isAppError(error)) throw error;
      const reason = error instanceof MeiliRefusal ? error.message : 'Meilisearch did not do what it was asked in time';
      throw searchErrors.UNAVAILABLE({ reason }, error);
    }
  };
  const write = <T>(work: (server: Meilisearch) => Promise<T>): Promise<T> => {
    const result = writing.then(() => use(work));
    writing = result.catch(() => undefined);
    return result;
  };
  const knownRevs = async (server: Meilisearch, keys: readonly string[]): Promise<Map<string, number>> => {
    const fields = [PRIMARY_KEY, 'rev'];
    const filter = `${PRIMARY_KEY} IN [${keys.map((key) => `"${key}"`).join(', ')}]`;
    const { results } = await server.index(indexUid).getDocuments({ filter, fields, limit: keys.length });
    return new Map(results.map((result) => Rev.parse(result)).map((known) => [known[PRIMARY_KEY], known.rev]));
  };

  return {
    put: (documents) =>
      write(async (server) => {
        const newest = newestOf(documents);
        if (newest.size === 0) return;
        const known = await knownRevs(server, [...newest.keys()]);
        const wanted = [...newest].flatMap(([key, document]) =>
          (known.get(key) ?? Number.NEGATIVE_INFINITY) <= document.rev ? [document] : [],
        );
        for (const batch of batchesOf(wanted)) await finish(server.index(indexUid).addDocuments(batch));
      }),
    remove: (collection, ids) =>
      write(async (server) => {
        if (ids.length === 0) return;
        await finish(server.index(indexUid).deleteDocuments(ids.map((id) => toKey(collection, id))));
      }),
    removeOwner: (tenantId, ownerId) =>
      write(async (server) => {
        const filter = `owner = "${ownerDigest({ tenantId, ownerId })}"`;
        await finish(server.index(indexUid).deleteDocuments({ filter }));
      }),
    search: (query, { signal } = {}) =>
      searchDocuments(query, {
        find: (words, found) =>
          use((server) => server.index(indexUid).search(words, found), {
            signal,
            timeoutMs: searchTimeoutMs,
            isSearch: true,
          }),
        signal,
      }),
    clear: () =>
      write(async (server) => {
        // Another index takes its place in one step, so that nobody searches one that is half set up.
        const next = `${indexUid}-${randomUUID()}`;
        await setUp(server, next);
        await finish(server.swapIndexes([{ indexes: [indexUid, next], rename: false }]));
        await finish(server.deleteIndex(next));
      }),
    statistics: () =>
      use(async (server) => {
        const index = server.index(indexUid);
        const { incarnation } = Incarnation.parse(await index.getDocument(INCARNATION_KEY));
        const { numberOfDocuments, rawDocumentDbSize } = await index.getStats();
        return { documents: numberOfDocuments - 1, bytes: rawDocumentDbSize, incarnation };
      }),
  };
}
