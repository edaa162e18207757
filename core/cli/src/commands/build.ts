import { writeSchema } from '../config/write-schema.ts';
import type { Project } from '../find-project.ts';
import { buildWeb, webDirOf } from '../web-build.ts';

/**
 * `parley build`: builds the page and the plugins' web sides, unless nothing has changed, and writes the schema of the
 * config file for editors.
 */
export async function build(project: Project): Promise<void> {
  await buildWeb(project);
  await writeSchema(project.root);
  process.stdout.write(`The page is in ${webDirOf(project)}\n`);
}
