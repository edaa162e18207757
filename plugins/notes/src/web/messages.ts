/** Every text of the notes panel. */
export const messages = {
  newNote: 'New note',
  placeholder: 'Only you see what you write here',
  add: 'Add note',
  save: 'Save',
  cancel: 'Cancel',
  edit: 'Edit note',
  remove: 'Delete note',
  removed: 'Note deleted',
  undo: 'Undo',
  more: 'Show older notes',
  empty: 'No notes yet. Write down what you want to remember about this conversation.',
  loadFailed: 'The notes could not be loaded',
  saveFailed: 'The note was not saved',
  changedElsewhere:
    'This note was changed in another place and now says what stands above. Your text is still here; saving again replaces it.',
} as const;
