const number = new Intl.NumberFormat();

/** Every text of the pages about one's data and about people. */
export const messages = {
  exportTitle: 'Take your data with you',
  exportText:
    'One zip file with everything this server keeps of you: your account, conversations, notes, and what plugins add, as JSON that any editor opens, with a README. Passwords and tokens are never in it.',
  exportStart: 'Export my data',
  exportCancel: 'Cancel',
  exportRunning: (size: string) => `Exporting: ${size} so far`,
  exportWaiting: 'Exporting: collecting what there is',
  exportDone: (name: string, size: string) => `${name} was saved (${size})`,
  exportCancelled: 'The export was cancelled; nothing was saved',
  exportFailed: 'The export did not come through, and nothing was saved',
  megabytes: (bytes: number) =>
    bytes < 100_000
      ? `${number.format(Math.max(1, Math.round(bytes / 1_000)))} kB`
      : `${number.format(Math.round(bytes / 100_000) / 10)} MB`,

  leaveTitle: 'Delete your account',
  leaveText:
    'Your account and everything that belongs to it go for good. Export your data first if you may want it later.',
  leave: 'Delete my account',
  leaveQuestion: 'Delete your account?',
  leaveLead: 'At once, and nobody can bring it back:',
  leaveList: [
    'You are signed out on every device, and answers that are being written stop.',
    'All your conversations, messages, notes and settings are deleted, also those of plugins that are turned off.',
    'Your account goes, so you can not sign in any more.',
  ],
  leaveStays:
    'What stays: the administrators’ receipt, which says how much was deleted and nothing about you, and backups they have made.',
  password: 'Your password',
  passwordMissing: 'Enter your password',
  word: 'delete',
  wordLabel: (word: string) => `Type “${word}” to confirm`,
  wordWrong: (word: string) => `Type the word ${word}`,
  withoutAdministrator: 'Leave this server without an administrator',
  withoutAdministratorNote: 'Its next start prints an address that makes somebody the administrator again.',
  confirmLeave: 'Delete my account and all data',
  cancel: 'Cancel',
  failed: 'Something went wrong; try again',

  people: 'People',
  peopleText: 'Everybody who has an account on this server.',
  peopleFailed: 'The people could not be loaded',
  administrator: 'Administrator',
  you: 'You',
  since: (date: string) => `Since ${date}`,
  remove: 'Delete',
  removeOf: (name: string) => `Delete ${name}`,
  removeQuestion: (name: string) => `Delete ${name}?`,
  removeText: (email: string) =>
    `The account ${email} and all conversations, messages, notes and settings that belong to it are deleted at once. Nobody can bring them back.`,
  removed: (name: string) => `${name} is being deleted`,
  removeFailed: 'Could not be deleted',
  more: 'Show more',

  receipts: 'Receipts',
  receiptsText: 'What was deleted, when and at whose wish; nothing in it is about the person.',
  receiptsFailed: 'The receipts could not be loaded',
  noReceipts: 'Nobody was deleted yet.',
  bySelf: 'Own wish',
  byAdministrator: 'By an administrator',
  running: 'Being deleted',
  stuck: (problem: string) => `Not complete yet (${problem}); it is tried again every minute`,
  nothingErased: 'Nothing was kept',
  item: (count: number, what: string, pluginId: string) => `${number.format(count)} ${what} (${pluginId})`,
} as const;
