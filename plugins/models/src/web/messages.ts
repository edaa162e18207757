const number = new Intl.NumberFormat();

/** Texts that the parts of the page share. */
export const messages = {
  lead: 'Where answers come from, who may use what, and what it costs.',
  parts: 'Parts of this page',
  providers: 'Providers',
  models: 'Models',
  settings: 'Settings',
  loading: 'Loading',
  loadFailed: 'This could not be loaded',
  saveFailed: 'This was not saved',
  changed: 'Somebody else has changed this meanwhile. What you see is how it stands now; make your change again.',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  count: (count: number) => number.format(count),
} as const;
