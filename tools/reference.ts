// npm run reference: writes docs/reference from the code; with `--check` it fails where a page is out of date.
// Closes with `reference: N pages, N out of date`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPage } from './reference/config-page.ts';
import { block, page } from './reference/markdown.ts';
import { capabilitiesPage, errorsPage, hooksPage, slotsPage } from './reference/pages.ts';
import { findPlugins } from './reference/plugins.ts';
import { root } from './run.ts';

const { HELP } = (await import(join(root, 'core/cli/src/help.ts'))) as { readonly HELP: string };
const plugins = await findPlugins();
const pages: Readonly<Record<string, string>> = {
  'hooks.md': await hooksPage(plugins),
  'capabilities.md': await capabilitiesPage(plugins),
  'slots.md': await slotsPage(plugins),
  'errors.md': await errorsPage(),
  'config.md': configPage(plugins),
  'cli.md': page('The command line', 'What `parley --help` prints.', [block(HELP, 'text')]),
};

const isCheck = process.argv.includes('--check');
const folder = join(root, 'docs/reference');
mkdirSync(folder, { recursive: true });
let different = 0;
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  different += 1;
  if (isCheck) console.error(`docs/reference/${name} is out of date; run: npm run reference`);
  else writeFileSync(path, text);
}
console.log(`reference: ${Object.keys(pages).length} pages, ${different} ${isCheck ? 'out of date' : 'written'}`);
process.exit(isCheck && different > 0 ? 1 : 0);
