import { isAppError } from '@parley/contracts';
import type { Page, Principal, StoreOf } from '@parley/contracts';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import { notesErrors } from '../contract/index.ts';
import type { NewNote, Note } from '../contract/index.ts';
import type { Config } from './config.ts';
import type { noteEntity } from './entities.ts';

interface Deps {
  readonly config: Config;
  readonly conversations: ConversationStore;
  /** The notes as one principal may see them. */
  readonly notesOf: (principal: Principal) => StoreOf<typeof noteEntity>;
}

const notFound =
  (id: string) =>
  (error: unknown): never => {
    throw isAppError(error, 'STORAGE_NOT_FOUND') ? notesErrors.NOT_FOUND({ id }) : error;
  };

/** The rules of notes: they hang on a conversation of the same person, and there is a limit of them. */
export function createNoteService({ config, conversations, notesOf }: Deps) {
  return {
    async list(
      principal: Principal,
      query: { conversationId: string; limit: number; after?: string | undefined },
    ): Promise<Page<Note>> {
      const { conversationId, limit, after } = query;
      await conversations.get(principal, conversationId);
      return notesOf(principal).list({
        where: { conversationId },
        sort: [['createdAt', 'desc']],
        limit,
        ...(after === undefined ? {} : { after }),
      });
    },
    async create(principal: Principal, note: NewNote): Promise<Note> {
      await conversations.get(principal, note.conversationId);
      const limit = config.maxNotesPerConversation;
      if ((await notesOf(principal).count({ conversationId: note.conversationId })) >= limit)
        throw notesErrors.TOO_MANY({ limit });
      return notesOf(principal).insert(note);
    },
    update: (principal: Principal, change: Pick<Note, 'id' | 'text' | 'rev'>): Promise<Note> =>
      notesOf(principal).update(change.id, { text: change.text }, change.rev).catch(notFound(change.id)),
    remove: (principal: Principal, id: string): Promise<void> => notesOf(principal).delete(id).catch(notFound(id)),
    /** Removes what hung on a conversation that is gone. */
    async removeAllOf(system: Principal, conversationId: string): Promise<void> {
      for (;;) {
        const { items } = await notesOf(system).list({ where: { conversationId }, limit: 200 });
        if (items.length === 0) return;
        for (const note of items) await notesOf(system).delete(note.id);
      }
    },
  };
}

/** The rules of notes. */
export type NoteService = ReturnType<typeof createNoteService>;
