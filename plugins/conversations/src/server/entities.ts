import { Conversation, defineEntity, Message } from '@parley/contracts';
import type { Part, RecordOf } from '@parley/contracts';
import * as z from 'zod';

/** A conversation as stored. */
export const conversationEntity = defineEntity({
  name: 'conversation',
  version: 1,
  scope: 'user',
  schema: Conversation.omit({ id: true, createdAt: true, updatedAt: true, rev: true }).extend({
    /** Messages ever added; the place of the next one. */
    messageCount: z.number().int().min(0),
    /** Set when deletion began; from then on the conversation exists for nobody. */
    removedAt: z.iso.datetime().optional(),
  }),
  indexes: [{ fields: ['archived', 'lastMessageAt'] }, { fields: ['removedAt'] }],
  search: ['title'],
});
export type ConversationRecord = RecordOf<typeof conversationEntity>;

function textsOf(part: Part): readonly string[] {
  switch (part.type) {
    case 'text':
      return 'text' in part ? [part.text] : [];
    case 'artifact':
      return 'content' in part ? [part.title, part.content] : [];
    case 'file':
      return 'file' in part ? [part.file.name] : [];
    default:
      return [];
  }
}

/** A message as stored. */
export const messageEntity = defineEntity({
  name: 'message',
  version: 1,
  scope: 'user',
  parent: 'conversationId',
  schema: Message.omit({ id: true, createdAt: true }).extend({
    /** Order within the conversation, from 0; an answer always comes after its prompt. */
    place: z.number().int().min(0),
  }),
  indexes: [{ fields: ['conversationId', 'place'], unique: true }],
  // What was said and made, as people remember it; not what the model thought, nor what tools were called with.
  search: {
    fields: ['parts'],
    text: ({ parts }) => ({ text: parts.flatMap(textsOf).join('\n\n') }),
    tags: ({ role }) => ({ role }),
  },
});
export type MessageRecord = RecordOf<typeof messageEntity>;

/** A stored conversation as others see it. */
export function toConversation(record: ConversationRecord): Conversation {
  const { tenantId: _tenantId, ownerId: _ownerId, messageCount: _count, removedAt: _removedAt, ...shown } = record;
  return shown;
}

/** A stored message as others see it. */
export function toMessage(record: MessageRecord): Message {
  const { tenantId: _tenantId, ownerId: _ownerId, updatedAt: _updatedAt, rev: _rev, place: _place, ...shown } = record;
  return shown;
}
