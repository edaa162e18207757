import type { Conversation, HookRunner, CallContext } from '@parley/contracts';
import type { conversationCreated, conversationUpdated } from '@parley/plugin-conversations/contract';
import type { UserEvents } from '@parley/plugin-events/contract';

/** Tells hooks and open tabs about committed changes. */
export interface Announcer {
  created(ownerId: string, conversation: Conversation): Promise<void>;
  updated(ownerId: string, conversation: Conversation): Promise<void>;
  /** Messages were added or finished. */
  messages(ownerId: string, conversationId: string, ids: readonly string[]): Promise<void>;
  /** Something about a conversation changed that no hook is told of: its leaf, its place in the list. */
  touched(ownerId: string, conversation: Pick<Conversation, 'id' | 'rev'>): Promise<void>;
  removed(ownerId: string, conversationId: string): Promise<void>;
}

/** Announces through the hooks of this plugin and the user's event stream. */
export function createAnnouncer(deps: {
  readonly events: UserEvents;
  readonly onCreated: HookRunner<typeof conversationCreated>;
  readonly onUpdated: HookRunner<typeof conversationUpdated>;
  readonly call: () => CallContext;
}): Announcer {
  const { events, onCreated, onUpdated, call } = deps;
  const ring = (ownerId: string, id: string, rev?: number) =>
    events.publish(ownerId, { topic: 'conversation', id, ...(rev === undefined ? {} : { rev }) });
  return {
    async created(ownerId, conversation) {
      await ring(ownerId, conversation.id, conversation.rev);
      await onCreated.run(conversation, call());
    },
    async updated(ownerId, conversation) {
      await ring(ownerId, conversation.id, conversation.rev);
      await onUpdated.run(conversation, call());
    },
    async messages(ownerId, parentId, ids) {
      for (const id of ids) await events.publish(ownerId, { topic: 'message', id, parentId });
    },
    touched: (ownerId, { id, rev }) => ring(ownerId, id, rev),
    removed: (ownerId, conversationId) => ring(ownerId, conversationId),
  };
}
