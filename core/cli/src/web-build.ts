import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@parley/contracts';
import type { Project } from './find-project.ts';
import { ended, startProgram } from './run-program.ts';

/** Where the web build of a project lies. */
export const webDirOf = ({ root }: Project): string => join(root, '.parley/web');

/** The page that came with the installed packages; `undefined` where there is none, as in the repository. */
export function installedPage(): string | undefined {
  const path = findPackageJSON('@parley/host-web', import.meta.url);
  const page = path && join(dirname(path), 'page');
  return page && existsSync(join(page, 'manifest.json')) ? page : undefined;
}

/** Whether the web build is there and made from the present sources. */
export async function isWebCurrent(project: Project): Promise<boolean> {
  const manifest = join(webDirOf(project), 'manifest.json');
  if (!existsSync(manifest)) return false;
  const { sourceHash: built } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly sourceHash?: string };
  const path = join(project.root, 'host-web/build/source-hash.ts');
  const source = (await import(pathToFileURL(path).href)) as { sourceHash(root: string): string };
  return built === source.sourceHash(project.root);
}

/** Builds the page and the plugins' web sides and shows the progress. @throws CLI_WEB_BUILD_FAILED */
export async function buildWeb({ root }: Project): Promise<void> {
  const code = await ended(startProgram(root, 'host-web/build.ts'));
  if (code === 0) return;
  const message = `The web build failed with exit code ${code}; what it printed says why`;
  throw new AppError({ code: 'CLI_WEB_BUILD_FAILED', status: 500, message });
}
