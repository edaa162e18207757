import { flushCompileCache } from 'node:module';
import type { Project } from '../find-project.ts';
import { loadHost } from '../load-host.ts';
import { buildWeb, isWebCurrent, webDirOf } from '../web-build.ts';

/** `parley start`: builds what is missing, then serves until a signal ends it; without a page, only the API. */
export async function start(project: Project, { hasPage }: { readonly hasPage: boolean }): Promise<void> {
  const given = process.env['PARLEY_WEB'];
  if (hasPage && !given && !(await isWebCurrent(project))) {
    process.stdout.write('Building the page; this happens once per change and takes some seconds.\n');
    await buildWeb(project);
  }
  const host = await loadHost();
  await host.runHost(given || !hasPage ? {} : { webDir: webDirOf(project) });
  flushCompileCache();
}
