/** Every text of the history. */
export const messages = {
  lead: 'Every change of what runs, the newest first. Going back to a version brings back the changes as they were then.',
  empty: 'Nothing was changed since this Parley was made.',
  current: 'runs now',
  goBack: 'Go back',
  goBackTo: (version: number) => `Go back to version ${version}`,
  question: (version: number) => `Go back to version ${version}?`,
  confirm: 'Go back',
  version: (version: number) => `Version ${version}`,
  you: 'you',
  by: {
    operator: 'the operator, by command',
    file: 'the config file',
  },
  via: {
    api: 'on these pages',
    socket: 'by command',
    file: 'by the config file',
    start: 'at the start',
  },
  user: (id: string) => `user ${id.slice(-6)}`,
  noSummary: 'Start',
} as const;
