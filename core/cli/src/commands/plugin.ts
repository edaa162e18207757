import { AppError } from '@parley/contracts';

/** What is done with plugins, by the second word of the command line; each reads the rest of it itself. */
const ACTIONS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  new: async (args) => (await import('./plugin-new.ts')).pluginNew(args),
  build: async (args) => (await import('./plugin-build.ts')).pluginBuild(args),
  verify: async (args) => (await import('./plugin-verify.ts')).pluginVerify(args),
  add: async (args) => (await import('./plugin-install.ts')).pluginInstall('add', args),
  update: async (args) => (await import('./plugin-install.ts')).pluginInstall('update', args),
  list: async (args) => (await import('./plugin-list.ts')).pluginList(args),
  history: async (args) => (await import('./plugin-list.ts')).pluginHistory(args),
  enable: async (args) => (await import('./plugin-change.ts')).pluginChange('enable', args),
  disable: async (args) => (await import('./plugin-change.ts')).pluginChange('disable', args),
  set: async (args) => (await import('./plugin-change.ts')).pluginChange('set', args),
  isolate: async (args) => (await import('./plugin-change.ts')).pluginChange('isolate', args),
  restore: async (args) => (await import('./plugin-change.ts')).pluginChange('restore', args),
  grant: async (args) => (await import('./plugin-change.ts')).pluginGrant(args),
  reset: async (args) => (await import('./plugin-change.ts')).pluginReset(args),
  rollback: async (args) => (await import('./plugin-change.ts')).pluginRollback(args),
  remove: async (args) => (await import('./plugin-install.ts')).pluginInstall('remove', args),
};

/** `parley plugin <action>`. @throws CLI_USAGE */
export async function plugin([action = '', ...args]: readonly string[]): Promise<void> {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run) return run(args);
  const message = `Expected \`parley plugin <action>\`, with one of ${Object.keys(ACTIONS).join(', ')}`;
  throw new AppError({ code: 'CLI_USAGE', status: 400, message });
}
