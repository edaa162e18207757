import { defineEntity } from '@parley/contracts';
import type { CallContext, Page, Principal } from '@parley/contracts';
import { createKernel, definePlugin } from '@parley/kernel';
import type { AnyPlugin, Logger, PluginUse } from '@parley/kernel';
import { conversationStore } from '@parley/plugin-conversations/contract';
import type { NewMessage } from '@parley/plugin-conversations/contract';
import * as z from 'zod';

const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What is measured, done by us or by hand. Each read gives how many records came. */
export interface StoreWork {
  list(principal: Principal, limit: number): Promise<number>;
  openLatest(principal: Principal, conversationId: string, leafId: string, limit: number): Promise<number>;
  openWhole(principal: Principal, conversationId: string, limit: number): Promise<number>;
  /** Each in a transaction of its own, all at once; resolves when all are on disk. */
  append(principal: Principal, conversationId: string, added: readonly NewMessage[]): Promise<unknown>;
}

/** A database of a server, for the storage plugin in place of SQLite. */
export interface MongoPlace {
  readonly url: string;
  readonly database: string;
}

type Handler = (input: unknown, call: CallContext) => Promise<Page<unknown>>;

const load = async (name: string): Promise<AnyPlugin> =>
  ((await import(`@parley/plugin-${name}/server`)) as { default: AnyPlugin }).default;

/** Gives a plugin the right to transactions. */
const markEntity = defineEntity({ name: 'mark', version: 1, scope: 'user', schema: z.object({ text: z.string() }) });

/** The work through what plugins use: the operations and the capability of `conversations`, over the real storage plugin. */
export async function startOurs(dataDir: string, mongo?: MongoPlace): Promise<StoreWork & { close(): Promise<void> }> {
  const opened = Promise.withResolvers<Pick<StoreWork, 'openLatest' | 'append'>>();
  const bench = definePlugin({
    id: 'bench',
    version: '0.0.0',
    kernel: '^1.0.0',
    requires: { conversations: conversationStore },
    entities: [markEntity],
    setup(ctx, { conversations }) {
      opened.resolve({
        openLatest: async (principal, conversationId, leafId, limit) =>
          (await conversations.branch(principal, conversationId, leafId, limit)).length,
        append: (principal, conversationId, added) =>
          Promise.all(
            added.map((each) => ctx.transaction((tx) => conversations.append(principal, conversationId, [each], tx))),
          ),
      });
    },
  });
  const storage: PluginUse = mongo
    ? { plugin: await load('storage-mongo'), config: mongo, firstParty: true }
    : { plugin: await load('storage-sqlite'), firstParty: true };
  const names = ['cache-memory', 'events', 'conversations'];
  const kernel = createKernel({
    plugins: [
      storage,
      ...[...(await Promise.all(names.map(load))), bench].map((plugin) => ({ plugin, firstParty: true })),
    ],
    log: () => SILENT,
    dataDir,
    deriveKey: () => new Uint8Array(32),
    fetchFor: () => fetch,
  });
  await kernel.start();
  const served = kernel.contracts().find(({ contract }) => contract.id === 'conversations');
  const { list, messages } = (served?.handlers ?? {}) as Record<'list' | 'messages', Handler>;
  return {
    ...(await opened.promise),
    list: async (principal, limit) => (await list({ archived: false, limit }, kernel.call(principal))).items.length,
    async openWhole(principal, conversationId, limit) {
      let count = 0;
      for (let after: string | undefined; ; ) {
        const { items, next } = await messages({ conversationId, limit, after }, kernel.call(principal));
        count += items.length;
        if (next === undefined) return count;
        after = next;
      }
    },
    close: async () => void (await kernel.stop()),
  };
}
