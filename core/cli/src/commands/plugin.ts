import { join } from 'node:path';
import { AppError } from '@parley/contracts';
import type { Project } from '../find-project.ts';
import { ended, startCommand, startProgram } from '../run-program.ts';
import { createPlugin } from '../scaffold/create-plugin.ts';

/** `parley plugin new <id>`: a plugin that passes every check from its first minute. */
export async function plugin({ root }: Project, [action, id]: readonly string[]): Promise<void> {
  if (action !== 'new' || id === undefined) {
    const message = 'Expected `parley plugin new <id>`, with an id in kebab-case such as reading-lists';
    throw new AppError({ code: 'CLI_USAGE', status: 400, message });
  }
  const files = createPlugin(root, id);
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
