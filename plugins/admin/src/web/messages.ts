/** Texts that several pages share. */
export const messages = {
  administration: 'Administration',
  pages: 'Pages of the administration',
  plugins: 'Plugins',
  inspector: 'Inspector',
  history: 'History',
  loading: 'Loading',
  loadFailed: 'This could not be loaded',
  noPage: 'There is no such page',
  nobody: 'nobody',
  none: 'None',
  sources: { default: 'comes with Parley', file: 'from the config file', admin: 'added here' },
  origins: { default: 'default', file: 'config file', admin: 'set here' },
} as const;
