import { join } from 'node:path';
import { AppError } from '@parley/contracts';
import { runCreate } from 'create-parley-plugin';
import { findProject } from '../find-project.ts';
import { ended, startCommand, startProgram } from '../run-program.ts';
import { createWorkspacePlugin } from '../scaffold/create-workspace-plugin.ts';

/**
 * `parley plugin new <id> --template <template>`: a plugin in a folder of its own. Without a template, inside of Parley's
 * repository, one of its workspace, which passes every check from its first minute.
 */
export async function pluginNew(args: readonly string[]): Promise<void> {
  if (args.some((arg) => arg.startsWith('--'))) return runCreate('parley plugin new', args);
  const [id] = args;
  if (id === undefined) {
    const message = 'Expected `parley plugin new <id>`, with an id in kebab-case such as reading-lists';
    throw new AppError({ code: 'CLI_USAGE', status: 400, message });
  }
  const { root } = findProject(process.cwd());
  const files = createWorkspacePlugin(root, id);
  await ended(startProgram(root, 'tools/tsconfigs.ts'));
  await ended(startCommand(root, join(root, 'node_modules/.bin/biome'), ['format', '--write', `plugins/${id}`]));
  process.stdout.write(
    [
      `plugins/${id}: ${files.length} files, made from plugins/notes.`,
      'Put it into the composition with these lines of parley.config.yaml:',
      '  plugins:',
      `    - use: ./plugins/${id}/src/server/index.ts`,
      `Then \`npm run dev\`; \`npm test -- plugins/${id}\` runs its tests.`,
      '',
    ].join('\n'),
  );
}
