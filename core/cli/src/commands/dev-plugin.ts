import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { followFolder } from '../dev/follow-folder.ts';
import { createSwap } from '../dev/swap-plugin.ts';
import { loadHost } from '../load-host.ts';
import { readPluginFolder } from '../plugin-build/plugin-folder.ts';
import { installedPage } from '../web-build.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `parley dev` in the folder of a plugin: a server with everything embedded and this plugin. Each change of `src` is
 * built, checked and swapped in while the server runs: answers go on, open pages take the new web side in. A change
 * that does not build leaves the last one that did.
 * @throws BUILD_NO_PACKAGE, and what starting a server throws
 */
export async function devPlugin(dir: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: 'string', multiple: true },
      port: { type: 'string' },
      data: { type: 'string' },
      'no-web': { type: 'boolean' },
    },
  });
  readPluginFolder(dir);
  if (values.port !== undefined) process.env['PORT'] = values.port;
  process.env['PARLEY_DATA'] = values.data ?? (process.env['PARLEY_DATA'] || join(dir, 'data'));
  process.env['PARLEY_LOG'] ||= 'warn';
  process.env['PARLEY_DRAIN_SECONDS'] ||= '0';
  const host = await loadHost();
  const page = values['no-web'] ? undefined : installedPage();
  if (page === undefined && !values['no-web']) print('No page: install @parley/host-web, or say --no-web.');
  await host.runHost(page === undefined ? {} : { webDir: page });
  const swap = await createSwap({ dir, settings: values.set ?? [], print });
  await swap();
  print('Watching src: each change is built and swapped in. Ctrl+C ends.');
  followFolder(join(dir, 'src'), swap);
}
