/** Every text of the panel. */
export const messages = {
  what: 'What is to do?',
  add: 'Add',
  clear: 'Remove what is done',
  empty: 'Nothing to do yet. What you add stays in this browser, for this conversation.',
} as const;
