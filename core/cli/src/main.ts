import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isAppError } from '@parley/contracts';
import { findProject, lookForProject } from './find-project.ts';
import { HELP } from './help.ts';

/** A word of the command line that went wrong; told without a stack. */
const isUsageError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** Commands that read the rest of the command line themselves. */
const OWN_OPTIONS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  plugin: async (args) => (await import('./commands/plugin.ts')).plugin(args),
  graph: async (args) => (await import('./commands/graph.ts')).graph(args),
  plan: async (args) => (await import('./commands/plan.ts')).plan(args),
  apply: async (args) => (await import('./commands/plan.ts')).apply(args),
  config: async (args) => (await import('./commands/config.ts')).config(args),
  backup: async (args) => (await import('./commands/backup.ts')).backup(args),
  restore: async (args) => (await import('./commands/restore.ts')).restore(args),
  migrate: async (args) => (await import('./commands/migrate.ts')).migrate(args),
};

async function run(): Promise<void> {
  const [first = '', ...args] = process.argv.slice(2);
  if (Object.hasOwn(OWN_OPTIONS, first)) return OWN_OPTIONS[first]?.(args);
  if (first === 'dev' && !lookForProject(process.cwd())) {
    return (await import('./commands/dev-plugin.ts')).devPlugin(process.cwd(), args);
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      'no-web': { type: 'boolean' },
    },
  });
  const [command] = positionals;
  if (values.version) return void process.stdout.write(`${ownVersion()}\n`);
  if (values.help || command === undefined) return void process.stdout.write(HELP);
  setEnvironment({
    PORT: values.port,
    PARLEY_HOST: values.host,
    PARLEY_DATA: values.data,
    PARLEY_CONFIG: values.config,
  });
  switch (command) {
    case 'start':
      return (await import('./commands/start.ts')).start(lookForProject(process.cwd()), { hasPage: !values['no-web'] });
    case 'dev':
      return (await import('./commands/dev.ts')).dev(findProject(process.cwd()));
    case 'build':
      return (await import('./commands/build.ts')).build(findProject(process.cwd()));
    case 'doctor':
      return (await import('./commands/doctor.ts')).doctor(findProject(process.cwd()));
    default:
      process.stderr.write(`There is no command ${command}.\n\n${HELP}`);
      process.exitCode = 1;
  }
}

const ownVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string })
    .version;

/** Options of the command line win over the environment the command was started with. */
function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) if (value !== undefined) process.env[name] = value;
}

try {
  await run();
} catch (error) {
  if (isAppError(error)) console.error(`${error.code}: ${error.message}`);
  else console.error(isUsageError(error) ? `${error.message}\n\n${HELP}` : error);
  process.exit(1);
}
