import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createErrors } from './create-errors.ts';
import { createPlugin } from './create-plugin.ts';
import { TEMPLATES } from './templates.ts';

/**
 * The command line of `npm create parley-plugin` and of `parley plugin new`: a name, `--template`, and `--parley` for a
 * folder of packed packages.
 * @throws CREATE_USAGE and what `createPlugin` throws
 */
export function runCreate(command: string, args: readonly string[], cwd: string = process.cwd()): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { template: { type: 'string' }, parley: { type: 'string' } },
  });
  const [id] = positionals;
  const { template, parley } = values;
  if (id === undefined || template === undefined) {
    throw createErrors.USAGE({ command, known: Object.keys(TEMPLATES).join('|') });
  }
  const packages = parley === undefined ? {} : { packages: resolve(cwd, parley) };
  const { files } = createPlugin({ id, template, parent: cwd, ...packages });
  const lines = [
    `${id}: ${files.length} files from the template ${template}`,
    '',
    `  cd ${id}`,
    '  npm install',
    '  npm test            the unit tests, the contract of plugins, and the kit',
    '  npm run dev         a Parley with this plugin; changes show at once',
    '  npm run verify      builds the package and writes its report',
    '  npm pack            the archive that `parley plugin add` installs',
    '',
  ];
  process.stdout.write(lines.join('\n'));
}
