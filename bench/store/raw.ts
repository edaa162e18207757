import { closeSync, fdatasync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Principal } from '@parley/contracts';
import type { NewMessage } from '@parley/plugin-conversations/contract';
import type { StoreWork } from './ours.ts';

type Row = Record<string, unknown>;

const CONVERSATIONS = '"conversations.conversation"';
const MESSAGES = '"conversations.message"';

/**
 * The same work by hand: prepared statements on the tables as the product lays them out, each written for its one purpose,
 * with the connection set up alike, and a sync of the log that does not hold up the main thread.
 */
export function openRaw(file: string): StoreWork & { close(): void } {
  const db = new DatabaseSync(file, { returnArrays: true });
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=16000; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;',
  );
  const one = (statement: StatementSync, ...values: (string | number)[]): Row => {
    const row = statement.get(...values) as unknown as [string] | undefined;
    return JSON.parse(row?.[0] ?? 'null') as Row;
  };
  const all = (statement: StatementSync, ...values: (string | number)[]): Row[] =>
    (statement.all(...values) as unknown as [string][]).map(([doc]) => JSON.parse(doc) as Row);
  const OWN = 'f_tenant_id = ? AND f_owner_id = ?';
  const conversation = db.prepare(`SELECT doc FROM ${CONVERSATIONS} WHERE id = ? AND ${OWN}`);
  const message = db.prepare(`SELECT doc FROM ${MESSAGES} WHERE id = ? AND f_conversation_id = ? AND ${OWN}`);
  const list = db.prepare(
    `SELECT doc FROM ${CONVERSATIONS} WHERE ${OWN} AND f_archived = x'00' AND f_removed_at IS NULL ORDER BY f_last_message_at DESC, id DESC LIMIT ?`,
  );
  const latest = db.prepare(
    `SELECT doc FROM ${MESSAGES} WHERE f_conversation_id = ? AND ${OWN} AND f_place < ? ORDER BY f_place DESC LIMIT ?`,
  );
  const page = db.prepare(
    `SELECT doc FROM ${MESSAGES} WHERE f_conversation_id = ? AND ${OWN} AND f_place > ? ORDER BY f_place LIMIT ?`,
  );
  const insertMessage = db.prepare(
    `INSERT INTO ${MESSAGES} (id, f_tenant_id, f_owner_id, f_conversation_id, f_place, doc) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const updateConversation = db.prepare(
    `UPDATE ${CONVERSATIONS} SET f_last_message_at = ?, doc = ? WHERE id = ? AND ${OWN}`,
  );
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  begin.run();
  commit.run();
  const log = openSync(`${file}-wal`, 'r+');
  const sync = promisify(fdatasync);
  const own = ({ tenantId, id }: Principal) => [tenantId, id] as const;
  const appendOne = (principal: Principal, conversationId: string, added: NewMessage): void => {
    begin.run();
    const found = one(conversation, conversationId, ...own(principal));
    one(message, added.parentId ?? '', conversationId, ...own(principal));
    const now = new Date().toISOString();
    const place = found['messageCount'] as number;
    const record = { ...added, ...base(principal, now), id: added.id, place };
    insertMessage.run(added.id, ...own(principal), conversationId, place, JSON.stringify(record));
    const changed = {
      ...found,
      messageCount: place + 1,
      leafId: added.id,
      lastMessageAt: now,
      updatedAt: now,
      rev: (found['rev'] as number) + 1,
    };
    updateConversation.run(now, JSON.stringify(changed), conversationId, ...own(principal));
    commit.run();
  };
  return {
    async list(principal, limit) {
      return all(list, ...own(principal), limit + 1).slice(0, limit).length;
    },
    async openLatest(principal, conversationId, leafId, limit) {
      one(conversation, conversationId, ...own(principal));
      const leaf = one(message, leafId, conversationId, ...own(principal));
      const branch = [leaf];
      let wanted = leaf['parentId'];
      for (const each of all(latest, conversationId, ...own(principal), leaf['place'] as number, limit - 1)) {
        if (each['id'] !== wanted) continue;
        branch.push(each);
        wanted = each['parentId'];
      }
      return branch.toReversed().length;
    },
    async openWhole(principal, conversationId, limit) {
      one(conversation, conversationId, ...own(principal));
      let count = 0;
      for (let after = -1; ; ) {
        const rows = all(page, conversationId, ...own(principal), after, limit);
        count += rows.length;
        if (rows.length < limit) return count;
        after = rows.at(-1)?.['place'] as number;
      }
    },
    async append(principal, conversationId, added) {
      for (const each of added) appendOne(principal, conversationId, each);
      await sync(log);
    },
    close: () => {
      closeSync(log);
      db.close();
    },
  };
}

const base = ({ tenantId, id }: Principal, now: string) => ({
  tenantId,
  ownerId: id,
  createdAt: now,
  updatedAt: now,
  rev: 1,
});
