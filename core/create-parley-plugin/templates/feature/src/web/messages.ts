/** Every text of the panel. */
export const messages = {
  what: 'New entry',
  add: 'Add',
  remove: 'Delete entry',
  more: 'Show older entries',
  empty: 'Nothing here yet. Only you see what you write.',
  loadFailed: 'The entries could not be loaded',
} as const;
