import { describe, expect, it } from '@jest/globals';
import { wordsOf } from './names.ts';
import { renameContent, renamePath } from './rename.ts';

const words = wordsOf('reading-lists');
const code = (text: string, id = 'reading-lists') => renameContent('x.ts', text, wordsOf(id));

describe('wordsOf', () => {
  it.each([
    ['bookmarks', 'bookmark', 'bookmarks'],
    ['reading-lists', 'reading list', 'reading lists'],
    ['todo', 'todo entry', 'todo'],
    ['news', 'news entry', 'news'],
    ['process', 'process entry', 'process'],
  ])('of %s: %s, %s', (id, singular, plural) => {
    const { singular: one, plural: many } = wordsOf(id);
    expect([one.join(' '), many.join(' ')]).toEqual([singular, plural]);
  });
});

describe('renameContent', () => {
  it.each([
    [
      'identifiers',
      'const { notes } = createNoteService(noteEntity);',
      'const { readingLists } = createReadingListService(readingListEntity);',
    ],
    ['types', 'type Note = NewNote;', 'type ReadingList = NewReadingList;'],
    [
      'ids and paths',
      "import x from './note-form.tsx'; f('notes', '/notes/:id')",
      "import x from './reading-list-form.tsx'; f('reading-lists', '/reading-lists/:id')",
    ],
    ['error codes', "isAppError(e, 'NOTES_NOT_FOUND')", "isAppError(e, 'READING_LISTS_NOT_FOUND')"],
    [
      'texts for people',
      "'No notes yet', 'Note deleted', 'New note'",
      "'No reading lists yet', 'Reading list deleted', 'New reading list'",
    ],
    ['comments', '// A note of `notes`.', '// A reading list of `reading-lists`.'],
    ['names of settings', 'maxNotesPerConversation', 'maxReadingListsPerConversation'],
    ['names in texts', "'draft.note', 'notesErrors'", "'draft.reading-list', 'readingListsErrors'"],
  ])('renames %s', (_name, before, after) => {
    expect(code(before)).toBe(after);
  });

  it('leaves other words alone', () => {
    expect(code("denote(keynote, 'footnotes')")).toBe("denote(keynote, 'footnotes')");
  });

  it('keeps one thing and several apart where the id is no plural', () => {
    expect(code('notes.map((note) => note.id)', 'todo')).toBe('todo.map((todoEntry) => todoEntry.id)');
  });

  it('renames package names and descriptions', () => {
    const json = '{ "name": "@parley/plugin-notes", "description": "Private notes beside a conversation." }';
    expect(renameContent('package.json', json, words)).toBe(
      '{ "name": "@parley/plugin-reading-lists", "description": "Private reading lists beside a conversation." }',
    );
  });
});

describe('renamePath', () => {
  it('renames files', () => {
    expect(renamePath('src/web/note-form.tsx', words)).toBe('src/web/reading-list-form.tsx');
    expect(renamePath('src/notes.test.ts', words)).toBe('src/reading-lists.test.ts');
  });
});
