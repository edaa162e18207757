import { describe, expect, it } from '@jest/globals';
import { allWordsOf, wordsOf } from './names.ts';
import { createRenaming } from './rename.ts';

const words = wordsOf('reading-lists');
const renaming = createRenaming('note', words);
const code = (text: string, id = 'reading-lists') => createRenaming('note', wordsOf(id)).content('x.ts', text);

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

describe('the content of a file', () => {
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
    expect(renaming.content('package.json', json)).toBe(
      '{ "name": "@parley/plugin-reading-lists", "description": "Private reading lists beside a conversation." }',
    );
  });
});

describe('a word that is the id', () => {
  const asId = createRenaming('sample', allWordsOf('acme-models'), { isId: true });

  it('stays one in prose', () => {
    expect(asId.content('README.md', '# sample\n- use: sample # The Sample service')).toBe(
      '# acme-models\n- use: acme-models # The Acme models service',
    );
  });

  it('is an identifier in code', () => {
    expect(asId.content('x.ts', "import sample from './sample.ts'; f('sample/sample-small');")).toBe(
      "import acmeModels from './acme-models.ts'; f('acme-models/acme-models-small');",
    );
  });
});

describe('the path of a file', () => {
  it('renames files', () => {
    expect(renaming.path('src/web/note-form.tsx')).toBe('src/web/reading-list-form.tsx');
    expect(renaming.path('src/notes.test.ts')).toBe('src/reading-lists.test.ts');
  });
});
