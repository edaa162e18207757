import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '@parley/contracts';

/** The Parley project a command works on. */
export interface Project {
  /** Folder with the root `package.json`. */
  readonly root: string;
  readonly version: string;
}

interface Manifest {
  readonly version?: string;
  readonly workspaces?: readonly string[];
}

/** The project that holds `folder`. @throws CLI_NO_PROJECT */
export function findProject(folder: string): Project {
  const project = lookForProject(folder);
  if (project) return project;
  const message = `${folder} is in no Parley project; change into one, the folder with host-server and plugins`;
  throw new AppError({ code: 'CLI_NO_PROJECT', status: 400, message });
}

/** The project that holds `folder`; `undefined` where Parley is installed and not developed. */
export function lookForProject(folder: string): Project | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'package.json');
    if (existsSync(path)) {
      const { version = '0.0.0', workspaces } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
      if (workspaces?.includes('host-server')) return { root: at, version };
    }
    if (at === dirname(at)) return undefined;
  }
}
