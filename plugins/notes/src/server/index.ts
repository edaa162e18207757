import { definePlugin } from '@parley/kernel';
import { conversationDeleted, conversationStore } from '@parley/plugin-conversations/contract';
import { notesContract } from '../contract/index.ts';
import { Config } from './config.ts';
import { noteEntity } from './entities.ts';
import { createHandlers } from './handlers.ts';
import { createNoteService } from './service.ts';

const NOTE_ICON = 'M6 3h12a1 1 0 0 1 1 1v11l-6 6H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm7 18v-5a1 1 0 0 1 1-1h5M9 8h6M9 12h4';

/** Private notes beside a conversation: the reference that a new plugin starts from. */
export default definePlugin({
  id: 'notes',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: { conversations: conversationStore },
  hooks: [conversationDeleted],
  entities: [noteEntity],
  ui: { module: './web', slots: { 'thread.panel': [{ id: 'notes', title: 'Notes', icon: NOTE_ICON }] } },
  setup(ctx, { conversations }) {
    const service = createNoteService({
      config: ctx.config,
      conversations,
      notesOf: (principal) => ctx.store(noteEntity, principal),
    });
    ctx.routes(notesContract, createHandlers(service));
    ctx.on(conversationDeleted, ({ id }) => service.removeAllOf(ctx.system, id));
  },
});
