import type { Principal } from '@parley/contracts';
import type { mongo } from 'mongoose';
import type { StoreWork } from './ours.ts';

const own = ({ tenantId, id }: Principal) => ({ tenantId, ownerId: id });

/** The same work by hand: the driver's own calls on the same collections, without a transaction, since not every server has them. */
export function openRawMongo(db: mongo.Db): StoreWork {
  const conversations: mongo.Collection<mongo.Document & { _id: string }> = db.collection('conversations.conversation');
  const messages: mongo.Collection<mongo.Document & { _id: string }> = db.collection('conversations.message');
  return {
    list: async (principal, limit) =>
      (
        await conversations
          .find({ ...own(principal), archived: false, removedAt: { $exists: false } })
          .sort({ lastMessageAt: -1, _id: -1 })
          .limit(limit)
          .toArray()
      ).length,
    async openLatest(principal, conversationId, leafId, limit) {
      await conversations.findOne({ _id: conversationId, ...own(principal) });
      const leaf = await messages.findOne({ _id: leafId, conversationId, ...own(principal) });
      const before = await messages
        .find({ conversationId, ...own(principal), place: { $lt: leaf?.['place'] as number } })
        .sort({ place: -1 })
        .limit(limit - 1)
        .toArray();
      return before.length + 1;
    },
    async openWhole(principal, conversationId, limit) {
      await conversations.findOne({ _id: conversationId, ...own(principal) });
      let count = 0;
      for (let after = -1; ; ) {
        const found = await messages
          .find({ conversationId, ...own(principal), place: { $gt: after } })
          .sort({ place: 1 })
          .limit(limit)
          .toArray();
        count += found.length;
        if (found.length < limit) return count;
        after = found.at(-1)?.['place'] as number;
      }
    },
    append: async (principal, conversationId, added) => {
      for (const { id, ...message } of added) {
        const found = await conversations.findOne({ _id: conversationId, ...own(principal) });
        await messages.findOne({ _id: message.parentId ?? '', conversationId, ...own(principal) });
        const now = new Date().toISOString();
        const place = found?.['messageCount'] as number;
        const base = { ...own(principal), createdAt: now, updatedAt: now, rev: 1, place };
        await messages.insertOne({ ...message, ...base, _id: id });
        await conversations.updateOne(
          { _id: conversationId, ...own(principal), rev: found?.['rev'] as number },
          { $set: { messageCount: place + 1, leafId: id, lastMessageAt: now, updatedAt: now }, $inc: { rev: 1 } },
        );
      }
    },
  };
}
