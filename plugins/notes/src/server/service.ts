import { isAppError } from '@parley/contracts';
import type { Page, Principal, StoreOf, SystemPrincipal } from '@parley/contracts';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import { notesErrors } from '../contract/index.ts';
import type { NewNote, Note } from '../contract/index.ts';
import type { Config } from './config.ts';
import type { noteEntity } from './entities.ts';

interface Deps {
  readonly config: Config;
  readonly conversations: ConversationStore;
  /** The notes as one principal may see them. */
  readonly notesOf: <By extends Principal>(principal: By) => StoreOf<typeof noteEntity, By>;
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
      return notesOf(principal)
        .within(conversationId)
        .list({
          sort: [['createdAt', 'desc']],
          limit,
          ...(after === undefined ? {} : { after }),
        });
    },
    async create(principal: Principal, note: NewNote): Promise<Note> {
      await conversations.get(principal, note.conversationId);
      const limit = config.maxNotesPerConversation;
      const notes = notesOf(principal).within(note.conversationId);
      if ((await notes.count()) >= limit) throw notesErrors.TOO_MANY({ limit });
      return notes.insert(note);
    },
    async update(
      principal: Principal,
      { conversationId, id, text, rev }: Pick<Note, 'conversationId' | 'id' | 'text' | 'rev'>,
    ): Promise<Note> {
      const notes = notesOf(principal).within(conversationId);
      try {
        return await notes.update(id, { text }, rev);
      } catch (error) {
        if (!isAppError(error, 'STORAGE_CONFLICT')) return notFound(id)(error);
        const { createdAt, updatedAt, ...current } = await notes.get(id).catch(notFound(id));
        const shown = { conversationId, id, text: current.text, createdAt, updatedAt, rev: current.rev };
        throw notesErrors.CHANGED({ id, current: shown }, error);
      }
    },
    remove: (principal: Principal, { conversationId, id }: Pick<Note, 'conversationId' | 'id'>): Promise<void> =>
      notesOf(principal).within(conversationId).delete(id).catch(notFound(id)),
    /** Removes what hung on a conversation that is gone. */
    async removeAllOf(system: SystemPrincipal, conversationId: string): Promise<void> {
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
