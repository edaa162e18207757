import { describe, expect, it } from '@jest/globals';
import { Conversation, Message, newId } from '@parley/contracts';
import { conversationEntity, messageEntity, toConversation, toMessage } from './entities.ts';
import type { ConversationRecord, MessageRecord } from './entities.ts';

/** A record whose every field has some value, whatever fields there are. */
function fullRecord(fields: object): object {
  const own = Object.keys(fields).map((field) => [field, `value of ${field}`]);
  return {
    ...Object.fromEntries(own),
    id: newId(),
    tenantId: 't',
    ownerId: 'o',
    createdAt: 'c',
    updatedAt: 'u',
    rev: 1,
  };
}

describe('what others see of a record', () => {
  it.each([
    [
      'conversation',
      conversationEntity,
      Conversation,
      (record: object) => toConversation(record as ConversationRecord),
    ],
    ['message', messageEntity, Message, (record: object) => toMessage(record as MessageRecord)],
  ] as const)('is each public field of a %s and no other', (_name, entity, shown, show) => {
    const record = fullRecord(entity.schema.shape);
    expect(Object.keys(show(record)).toSorted()).toEqual(Object.keys(shown.shape).toSorted());
  });

  it('has no fields that the record does not have', () => {
    const record = { id: newId(), title: 'a', model: undefined } as unknown as ConversationRecord;
    expect(toConversation(record)).not.toHaveProperty('model');
  });
});
