import type { Conversation, Principal } from '@parley/contracts';
import { conversationErrors, conversationStore } from '@parley/plugin-conversations/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import { definePlugin } from '@parley/kernel';

const BEGIN = '2026-01-01T00:00:00.000Z';

/** Everybody's one notebook: its id is the id of its owner. */
const notebookOf = ({ id }: Principal): Conversation => ({
  id,
  title: 'Notebook',
  pinned: false,
  archived: false,
  lastMessageAt: BEGIN,
  createdAt: BEGIN,
  updatedAt: BEGIN,
  rev: 1,
});

/** Notes hang on a conversation. Where there is none, a notebook stands in: it can be found, and nothing can be said in it. */
export default definePlugin({
  id: 'notebook',
  version: '1.0.0',
  kernel: '^1.0.0',
  provides: [conversationStore],
  setup(ctx) {
    const refuse = (id: string) => Promise.reject(conversationErrors.NOT_FOUND({ id }));
    const notebooks: ConversationStore = {
      get: (principal, id) => (id === principal.id ? Promise.resolve(notebookOf(principal)) : refuse(id)),
      create: (_principal, { id }) => refuse(id),
      message: (_principal, id) => refuse(id),
      branch: (_principal, id) => refuse(id),
      append: (_principal, id) => refuse(id),
      announce: () => Promise.resolve(),
      finish: ({ conversationId }) => refuse(conversationId),
      setTitle: (_principal, id) => refuse(id),
    };
    ctx.provide(conversationStore, notebooks, {});
  },
});
