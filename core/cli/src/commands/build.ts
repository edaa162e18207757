import type { Project } from '../find-project.ts';
import { buildWeb, webDirOf } from '../web-build.ts';

/** `parley build`: builds the page and the plugins' web sides, unless nothing has changed. */
export async function build(project: Project): Promise<void> {
  await buildWeb(project);
  process.stdout.write(`The page is in ${webDirOf(project)}\n`);
}
