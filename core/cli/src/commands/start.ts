import { flushCompileCache } from 'node:module';
import type { Project } from '../find-project.ts';
import { loadHost } from '../load-host.ts';
import { buildWeb, installedPage, isWebCurrent, webDirOf } from '../web-build.ts';

/**
 * `parley start`: serves until a signal ends it; without a page, only the API. In the repository the page is built when
 * its sources have changed; where Parley is installed it came with the packages.
 */
export async function start(project: Project | undefined, { hasPage }: { readonly hasPage: boolean }): Promise<void> {
  const given = process.env['PARLEY_WEB'];
  const webDir = given || !hasPage ? undefined : project === undefined ? installedPage() : await currentPage(project);
  const host = await loadHost();
  await host.runHost(webDir === undefined ? {} : { webDir });
  flushCompileCache();
}

async function currentPage(project: Project): Promise<string> {
  if (!(await isWebCurrent(project))) {
    process.stdout.write('Building the page; this happens once per change and takes some seconds.\n');
    await buildWeb(project);
  }
  return webDirOf(project);
}
