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

// Field by field: leaving fields out of a copy costs seven times as much, and a list is made of these.

/** A stored conversation as others see it. */
export const toConversation = (record: ConversationRecord): Conversation => ({
  id: record.id,
  title: record.title,
  pinned: record.pinned,
  archived: record.archived,
  lastMessageAt: record.lastMessageAt,
  createdAt: record.createdAt,
  updatedAt: record.updatedAt,
  rev: record.rev,
  ...(record.model === undefined ? {} : { model: record.model }),
  ...(record.leafId === undefined ? {} : { leafId: record.leafId }),
});

/** A stored message as others see it. */
export const toMessage = (record: MessageRecord): Message => ({
  id: record.id,
  conversationId: record.conversationId,
  role: record.role,
  parts: record.parts,
  state: record.state,
  createdAt: record.createdAt,
  ...(record.parentId === undefined ? {} : { parentId: record.parentId }),
  ...(record.model === undefined ? {} : { model: record.model }),
  ...(record.wanted === undefined ? {} : { wanted: record.wanted }),
  ...(record.runId === undefined ? {} : { runId: record.runId }),
  ...(record.usage === undefined ? {} : { usage: record.usage }),
  ...(record.notices === undefined ? {} : { notices: record.notices }),
  ...(record.error === undefined ? {} : { error: record.error }),
});
